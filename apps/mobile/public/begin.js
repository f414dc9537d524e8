// Scripts stand in files of their own: the page's policy lets no other run.
if ('serviceWorker' in navigator)
  addEventListener('load', () => navigator.serviceWorker.register('/mobile/sw.js').catch(() => undefined))
