/** A hand that moved this far is no tap, px. */
const dragPx = 8
/** What moves and zooms a map. */
const mapKeys = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', '+', '-', '='])

/**
 * What a hand does on a sketch: a tap (on which element), or what only a map can answer: a drag, a wheel, a key of the map. Returns what
 * ends listening.
 */
export const listenTo = (
  box: HTMLElement,
  { tapped, wanted }: { readonly tapped: (on: Element) => void; readonly wanted: () => void },
): (() => void) => {
  const listening = new AbortController()
  const { signal } = listening
  let down: { readonly x: number; readonly y: number } | undefined
  let dragged = false
  box.addEventListener(
    'pointerdown',
    ({ clientX: x, clientY: y }) => {
      down = { x, y }
      dragged = false
    },
    { signal },
  )
  box.addEventListener(
    'pointermove',
    ({ clientX, clientY, buttons }) => {
      if (down === undefined || buttons === 0 || Math.hypot(clientX - down.x, clientY - down.y) < dragPx) return
      down = undefined
      dragged = true
      wanted()
    },
    { signal },
  )
  box.addEventListener(
    'click',
    ({ target }) => {
      // The end of a drag, or a control of the app's that lies upon the sketch.
      if (!dragged && target instanceof Element && target.closest('button, a, p') === null) tapped(target)
    },
    { signal },
  )
  box.addEventListener('wheel', wanted, { signal, passive: true })
  box.addEventListener(
    'keydown',
    ({ key, ctrlKey, metaKey, altKey }) => {
      if (mapKeys.has(key) && !ctrlKey && !metaKey && !altKey) wanted()
    },
    { signal },
  )
  return () => listening.abort()
}
