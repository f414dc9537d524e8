import type { EventData } from '@werenode/core'
import { progressBar } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'

export interface LiveFacts {
  readonly meter: Pick<EventData['session.meter'], 'energyWh' | 'powerW' | 'socPercent' | 'costMicro' | 'suspended'>
  readonly limitMicro: bigint
  /** Stop after so much; undefined: the bar shows the money. */
  readonly targetWh: number | undefined
  readonly seconds: number
}

/** `ϟ 62.3 kW  0.41 kWh  0.22 EUR  ███████░░░ 41 %  0:24  car 34 %` */
export const liveLine = (
  { meter, limitMicro, targetWh, seconds }: LiveFacts,
  { paint, glyphs, format }: Screen,
): string => {
  const { energyWh, powerW, socPercent, costMicro, suspended } = meter
  const power =
    suspended === 'EV'
      ? paint.warning('the car pauses')
      : suspended === 'EVSE'
        ? paint.warning('the station pauses')
        : powerW === null
          ? ''
          : format.power(powerW)
  const [done, total] = targetWh === undefined ? [Number(costMicro), Number(limitMicro)] : [energyWh, targetWh]
  const bar = total > 0 ? progressBar(done, total, { glyphs, width: 16, fill: paint.charging }) : ''
  return [
    paint.charging(glyphs.bolt),
    power.padStart(8),
    paint.strong(format.energy(energyWh)),
    paint.strong(format.money(costMicro)),
    bar === ''
      ? ''
      : `${bar}${targetWh === undefined ? paint.muted(` of ${format.money(limitMicro)}`) : paint.muted(` of ${format.energy(targetWh)}`)}`,
    format.clock(seconds),
    socPercent === null ? '' : paint.muted(`car ${format.number(Math.round(socPercent))} %`),
  ]
    .filter((part) => part !== '')
    .join('  ')
}
