/** A canvas of the page or of a worker; only what is asked of it. */
interface Canvas {
  getContext(kind: 'webgl2', options: { readonly failIfMajorPerformanceCaveat: true }): WebGL2RenderingContext | null
}

/**
 * Whether WebGL is drawn by a graphics processor: a browser says so by itself or by the name of its renderer (Chromium's, Mesa's, Windows' and
 * Apple's software have these). Its context is let go of at once. Its text is also run in a worker: it names nothing outside itself.
 */
const asked = (canvas: Canvas): boolean => {
  const gl = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (gl === null) return false
  const told = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(told === null ? gl.RENDERER : told.UNMASKED_RENDERER_WEBGL))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return !/swiftshader|llvmpipe|softpipe|lavapipe|swrast|basic render|software/i.test(name)
}

/** A browser that has not answered by then is slow, ms. */
const patienceMs = 4_000

/**
 * Whether maps are drawn quickly here. Where WebGL is drawn by the processor alone (old office computers, remote desktops), a map holds the
 * page up for seconds while its shaders are compiled; there even this question takes up to a second, so that a worker asks it.
 */
export const hasQuickGraphics = async (): Promise<boolean> => {
  if (typeof OffscreenCanvas === 'undefined') return asked(document.createElement('canvas'))
  const text = `postMessage((${asked.toString()})(new OffscreenCanvas(1, 1)))`
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  const worker = new Worker(url)
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise<boolean>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data === true)
      // A worker that may not be, or has no WebGL: the page can still say.
      worker.onerror = () => resolve(asked(document.createElement('canvas')))
      timer = setTimeout(() => resolve(false), patienceMs)
    })
  } finally {
    clearTimeout(timer)
    worker.terminate()
    URL.revokeObjectURL(url)
  }
}
