import type { Map as GlMap, LayerSpecification } from 'maplibre-gl'
import { placeSources } from '../src/style/index.ts'

/** What a layer is seen by. Of one that is not seen nothing is drawn and no shader is compiled, though its tiles are read. */
const opacities: Readonly<Record<string, readonly string[]>> = {
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
  symbol: ['icon-opacity', 'text-opacity'],
}

/** In which order layers are seen, and of which source each waits for the data. A step brings one or two kinds of shader. */
const steps: readonly { readonly source: string; readonly layers: readonly string[] }[] = [
  { source: 'base', layers: ['land'] },
  { source: placeSources.far, layers: ['far-cluster', 'far-dot', 'near-dot', 'chosen'] },
  { source: placeSources.far, layers: ['far-pin', 'near-pin'] },
  { source: 'base', layers: ['far-count', 'towns'] },
  { source: 'base', layers: ['shore', 'lake', 'river'] },
  { source: 'base', layers: ['frontier'] },
]
const stepped = new Set(steps.flatMap(({ layers }) => layers))

/** A source that is slower than this holds up no other, ms. */
const patienceMs = 1_500

/** The same layers, unseen; `unveil` shows them. */
export const veiled = (layers: readonly LayerSpecification[]): LayerSpecification[] =>
  layers.map((layer) => {
    const unseen = (opacities[layer.type] ?? []).map((name) => [name, 0] as const)
    if (!stepped.has(layer.id) || unseen.length === 0) return layer
    return { ...layer, paint: { ...layer.paint, ...Object.fromEntries(unseen) } } as LayerSpecification
  })

/**
 * Shows veiled layers step by step, each in a quiet moment and a frame of its own: shaders compiled all at once would hold the page up for as
 * long as they take together. Resolves when all is seen, or as soon as `stopped` says so; `grounded` is called when the first step is drawn.
 */
export const unveil = async (
  gl: GlMap,
  layers: readonly LayerSpecification[],
  { stopped, grounded }: { readonly stopped: () => boolean; readonly grounded: () => void },
): Promise<void> => {
  const known = new Map(layers.map((layer) => [layer.id, layer]))
  for (const { source, layers: ids } of steps) {
    await loaded(gl, source)
    await quietMoment()
    if (stopped()) return
    const drawn = gl.once('render')
    for (const id of ids) {
      const layer = known.get(id)
      if (layer === undefined || !gl.getLayer(id)) continue
      const paint = (layer.paint ?? {}) as Readonly<Record<string, unknown>>
      for (const name of opacities[layer.type] ?? [])
        gl.setPaintProperty(id, name as never, (paint[name] ?? null) as never)
    }
    gl.triggerRepaint()
    await drawn
    grounded()
  }
}

const loaded = async (gl: GlMap, source: string): Promise<void> => {
  const isLoaded = (): boolean => gl.getSource(source) === undefined || gl.isSourceLoaded(source)
  if (isLoaded()) return
  await new Promise<void>((done) => {
    const look = (): void => {
      if (isLoaded()) end()
    }
    const end = (): void => {
      clearTimeout(timer)
      gl.off('sourcedata', look)
      done()
    }
    const timer = setTimeout(end, patienceMs)
    gl.on('sourcedata', look)
  })
}

/** Safari does not tell when it is quiet: there it is the next turn. */
const quietMoment = (): Promise<void> =>
  new Promise((done) => {
    if (typeof requestIdleCallback === 'undefined') setTimeout(done, 0)
    else requestIdleCallback(() => done(), { timeout: 300 })
  })
