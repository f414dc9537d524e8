import { join } from 'node:path'
import type { Bus, Clock, Party, Store } from '@werenode/core'
import type { MqttService } from '@werenode/mqtt'
import { registerStation } from '@werenode/ocpp'
import { passwordsIn } from '../../demo/passwords.ts'
import type { DataFolder } from '../folders.ts'
import type { Parts } from '../parts.ts'
import type { PlugBook } from './plug-book.ts'
import { servePlugBook } from './serve-plug-book.ts'

/** How often stations report while they charge, seconds. */
const meterIntervalS = 10

/**
 * What stands behind manager, stations and chain where there is no API: the plug book, and the devices it names let in. Returns the
 * password of each station and plug; they are kept in the data folder, readable by its owner alone.
 */
export const openOperatorNode = async (deps: {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly mqtt: MqttService
  readonly data: DataFolder
  readonly book: PlugBook
  readonly parts: Parts
}): Promise<Readonly<Record<string, string>>> => {
  const { store, bus, clock, mqtt, data, book, parts } = deps
  await parts.add('plug book', async () => ({
    part: undefined,
    stop: servePlugBook({ bus, clock, book }),
  }))
  const plugIds = new Set(book.plugs.map(({ plugId }) => plugId))
  const stations = new Map<string, { label: string; maxPowerW: number }>()
  for (const place of book.places)
    for (const { stationId, connectors } of place.evses)
      if (!plugIds.has(stationId))
        stations.set(stationId, {
          label: place.name,
          maxPowerW: Math.max(stations.get(stationId)?.maxPowerW ?? 0, ...connectors.map((one) => one.maxPowerW)),
        })
  const passwords = await passwordsIn(join(data.simulator, 'passwords.json'), [...stations.keys(), ...plugIds])
  const party = book.party as Party
  for (const [stationId, { label, maxPowerW }] of stations)
    await registerStation(
      { store, clock },
      {
        stationId,
        label,
        party,
        securityProfile: 1,
        password: passwords[stationId]!,
        meterIntervalS,
        maxPowerW,
      },
    )
  const there = new Set(mqtt.plugs().map(({ _id }) => _id))
  for (const plug of book.plugs) {
    const password = passwords[plug.plugId]!
    if (there.has(plug.plugId)) await mqtt.rekey(plug.plugId, password)
    else await mqtt.addPlug({ ...plug, label: plug.plugId, party, password })
  }
  return passwords
}
