/** Names of drawing without a graphics processor: Chromium's, Mesa's, Windows' and Apple's. */
const softwareNames = /swiftshader|llvmpipe|softpipe|lavapipe|swrast|basic render|software/i

/**
 * Whether WebGL is drawn by a graphics processor here. Where it is drawn by the processor alone (old office computers, remote desktops), a map
 * holds the page up for seconds while its shaders are compiled. A browser says so by itself or by the name of its renderer; the context
 * that is asked is let go of at once.
 */
export const hasQuickGraphics = (): boolean => {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const gl = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (gl === null) return false
  const told = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(told?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return !softwareNames.test(name)
}
