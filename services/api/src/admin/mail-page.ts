import type { MailDoc } from '../mail/mail-queue.ts'

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Links in our own letters, made clickable: they hold nothing but what a URL may hold. */
const withLinks = (escaped: string): string =>
  escaped.replaceAll(/https?:\/\/[A-Za-z0-9._~:/?#[\]@!$()*+,;=%-]+/g, (url) => `<a href="${url}">${url}</a>`)

const article = ({ to, subject, text, createdAt, state, problem }: MailDoc): string => `<article>
<h2>${escapeHtml(subject)}</h2>
<p>To ${escapeHtml(to)}, ${escapeHtml(createdAt)}, ${state}${problem === undefined ? '' : `: ${escapeHtml(problem)}`}</p>
<pre>${withLinks(escapeHtml(text))}</pre>
</article>`

const style =
  'body{font:16px/1.5 system-ui;max-width:45rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #888;padding:1rem 0}pre{white-space:pre-wrap;font:inherit}'

/** The local outbox, to be read in a browser. */
export const mailPage = (mails: readonly MailDoc[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Outbox</title><style>${style}</style>
<h1>Outbox</h1>
${mails.length === 0 ? '<p>No letters yet.</p>' : mails.map(article).join('\n')}
</html>
`
