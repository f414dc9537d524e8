import { visible } from '@werenode/design/terminal'
import type { Operator, PlugEvent } from '@werenode/sdk'
import type { Screen } from '../../terminal/screen.ts'

/** Follows the plugs until Ctrl-C. */
export const watchPlugs = async (operator: Operator, plugId: string | undefined, screen: Screen): Promise<number> => {
  const ending = new AbortController()
  const end = (): void => ending.abort()
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  screen.print(screen.paint.muted('Ctrl-C ends the watching.'))
  try {
    for await (const event of operator.plugEvents({ signal: ending.signal }))
      if (plugId === undefined || event.data.stationId === plugId) screen.print(lineOf(event, screen))
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
  }
  return 0
}

const lineOf = (event: PlugEvent, { format, paint }: Screen): string =>
  `${format.time(new Date(event.at), { seconds: true })}  ${event.data.stationId}  ${wordsOf(event, format, paint)}`

const wordsOf = (event: PlugEvent, format: Screen['format'], paint: Screen['paint']): string => {
  switch (event.type) {
    case 'station.reading': {
      const { powerW, registerWh, temperatureC, linkQuality } = event.data
      return [
        powerW === undefined ? '' : format.power(powerW),
        format.energy(registerWh),
        temperatureC === undefined ? '' : `${Math.round(temperatureC)} °C`,
        linkQuality === undefined ? '' : `link ${linkQuality}`,
      ]
        .filter((part) => part !== '')
        .join('  ')
    }
    case 'station.status':
      return event.data.status
    case 'station.alarm':
      return paint.danger(`${event.data.kind}: ${visible(event.data.detail)}`)
    case 'station.connected':
      return paint.positive('is back')
    case 'station.disconnected':
      return paint.warning(`is out of reach: ${visible(event.data.reason)}`)
  }
}
