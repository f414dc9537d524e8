import type { Format } from '@werenode/design/format'
import type { Finding } from '../../insights/findings.ts'
import type { Say } from '../../words/words.ts'

/** A finding as a sentence. */
export const sayFinding = (finding: Finding, t: Say, format: Format): string => {
  const price = (micro: bigint): string => format.unitPrice(((micro + 500n) / 1000n) * 1000n, { per: 'kWh' })
  switch (finding.kind) {
    case 'spent':
      return t('member.finding.spent', {
        count: finding.totals.count,
        energy: roundEnergy(finding.totals.energyWh, format),
        cost: format.money(finding.totals.costMicro),
        price: finding.pricePerKWhMicro === undefined ? '–' : price(finding.pricePerKWhMicro),
      })
    case 'price':
      return t(finding.percent > 0 ? 'member.finding.dearer' : 'member.finding.cheaper', {
        percent: format.percent(Math.abs(finding.percent).toFixed(1)),
        now: price(finding.now),
        before: price(finding.before),
      })
    case 'place':
      return t('member.finding.place', {
        place: finding.place,
        percent: format.percent(finding.sharePercent.toFixed(0)),
      })
    case 'cheaper-place':
      return t('member.finding.cheaperPlace', {
        place: finding.place,
        price: price(finding.pricePerKWhMicro),
        usual: price(finding.usual),
      })
    case 'hour':
      return t('member.finding.hour', {
        hour: `${String(finding.hour).padStart(2, '0')}:00`,
        saved: format.money(finding.savedMicro),
        count: finding.count,
      })
    case 'plug':
      return t('member.finding.plug', {
        place: finding.place,
        saved: format.money(finding.savedMicro),
        count: finding.count,
      })
    case 'idle':
      return t('member.finding.idle', {
        cost: format.money(finding.costMicro),
        time: format.duration(finding.seconds),
        count: finding.count,
      })
  }
}

/** Nobody reads the watt-hours of a year: from a thousand kWh on they are whole. */
export const roundEnergy = (energyWh: number, format: Format): string =>
  format.energy(energyWh, { unit: 'kWh', precision: energyWh < 1_000_000 ? 'short' : 'whole' })
