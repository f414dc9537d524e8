import type { Bus } from '@werenode/core'

/**
 * Resolves when every named plug has told its status since now, or after `withinMs`; with how many did. A server that says it is ready
 * while its stations are still dialling in would send the first driver away.
 */
export const plugsHeard = (
  bus: Bus,
  stations: readonly { readonly stationId: string; readonly evses: number }[],
  withinMs: number,
): { readonly heard: Promise<number>; readonly wanted: number } => {
  const missing = new Set(
    stations.flatMap(({ stationId, evses }) =>
      Array.from({ length: evses }, (_, index) => `${stationId} ${index + 1}`),
    ),
  )
  const wanted = missing.size
  const heard = new Promise<number>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      void untap()
      resolve(wanted - missing.size)
    }
    const timer = setTimeout(finish, withinMs)
    const untap = bus.tap(['station.status'], ({ data }) => {
      const { stationId, evse } = data as { stationId: string; evse: number }
      missing.delete(`${stationId} ${evse}`)
      if (missing.size === 0) finish()
    })
    if (wanted === 0) finish()
  })
  return { heard, wanted }
}
