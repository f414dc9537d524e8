import type { Connector, ConnectorStandard, Evse, Location } from '@werenode/core'
import type { LocationDoc, PowerByStandard } from './collections.ts'

/** The stored form of a location. */
export const locationDoc = (location: Location, extra: { importHash?: string; gone?: boolean } = {}): LocationDoc => {
  const evses = location.evses.filter(({ status }) => status !== 'REMOVED' && status !== 'PLANNED')
  const payable = evses.filter((evse) => evse.payable)
  const free = ({ status }: Evse) => status === 'AVAILABLE'
  return {
    ...location,
    _id: location.id,
    reach: {
      any: powerOf(evses),
      available: powerOf(evses.filter(free)),
      payable: powerOf(payable),
      payableAvailable: powerOf(payable.filter(free)),
    },
    gone: extra.gone ?? false,
    ...(extra.importHash === undefined ? {} : { importHash: extra.importHash }),
  }
}

/** The location inside its stored form. */
export const locationOf = ({ _id, _rev, reach, gone, importHash, ...location }: LocationDoc): Location => location

const powerOf = (evses: readonly Evse[]): PowerByStandard => {
  const highest: Partial<Record<ConnectorStandard | 'ANY', number>> = {}
  const raise = (key: ConnectorStandard | 'ANY', powerW: number): void => {
    highest[key] = Math.max(highest[key] ?? 0, powerW)
  }
  for (const { standard, maxPowerW } of evses.flatMap(({ connectors }): readonly Connector[] => connectors)) {
    raise(standard, maxPowerW)
    raise('ANY', maxPowerW)
  }
  return highest
}
