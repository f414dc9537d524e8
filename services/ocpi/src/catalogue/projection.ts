import type { Bus, Clock, EventEnvelope, Location as OwnLocation, Unsubscribe } from '@werenode/core'
import type { Logger } from 'pino'
import type { PartyRef, Tariff } from '../model/model.ts'
import { plainId } from '../objects/object-id.ts'
import { type OcpiObjects, OWN } from '../objects/objects.ts'
import { accept } from '../schema/accept.ts'
import { tariff as tariff221 } from '../v221/objects.ts'
import type { CataloguePort } from './port.ts'
import { locationToOcpi } from './to-ocpi.ts'

/** Keeps our locations and tariffs as OCPI objects: read once at the start, then followed by `catalogue.changed`. */
export const createProjection = (deps: {
  bus: Bus
  clock: Clock
  log: Logger
  catalogue: CataloguePort
  objects: OcpiObjects
  us: PartyRef
  operatorName: string
}) => {
  const { bus, clock, log, catalogue, objects, us } = deps
  let unsubscribe: Unsubscribe | undefined

  const putLocation = async (id: string): Promise<void> => {
    const own = await catalogue.location(id)
    if (own === undefined) return vanish(id)
    if (own.source !== 'own' && own.source !== 'demo') return
    const location = locationToOcpi(own, us, deps.operatorName)
    if (!(await knowsTariffsOf(own))) await syncTariffs()
    if (location === undefined)
      return log.warn({ locationId: id, country: own.countryCode }, 'A location has no ISO country')
    await objects.putOwn('locations', location)
  }

  /** A location that is gone is told as one whose EVSEs are all REMOVED (mod_locations, "no delete"). */
  const vanish = async (id: string): Promise<void> => {
    const known = await objects.get(OWN, 'locations', plainId(us, id))
    if (known === undefined) return
    const at = clock().toISOString()
    const evses = (known.object.evses ?? []).map((evse) => ({ ...evse, status: 'REMOVED' as const, last_updated: at }))
    await objects.putOwn('locations', { ...known.object, evses, last_updated: at })
  }

  const vanishTariff = async (id: string): Promise<void> => {
    const known = await objects.get(OWN, 'tariffs', plainId(us, id))
    if (known === undefined) return
    await objects.putOwn('tariffs', { ...known.object, last_updated: clock().toISOString() }, { gone: true })
  }

  /** A connector may name a tariff we have not read yet. */
  const knowsTariffsOf = async (location: OwnLocation): Promise<boolean> => {
    const ids = new Set(location.evses.flatMap(({ connectors }) => connectors.flatMap((one) => one.tariffIds)))
    for (const id of ids) if ((await objects.get(OWN, 'tariffs', plainId(us, id))) === undefined) return false
    return true
  }

  const syncTariffs = async (): Promise<void> => {
    for (const stored of await catalogue.tariffs()) {
      const at = clock().toISOString()
      const read = accept(tariff221, { last_updated: at, ...(stored as object), ...us })
      if (!read.ok) {
        log.warn({ path: read.path, what: read.what }, 'A tariff of the catalogue is no OCPI tariff')
        continue
      }
      await objects.putOwn('tariffs', read.value as Tariff)
    }
  }

  const syncAll = async (): Promise<void> => {
    let after: string | undefined
    do {
      const page = await catalogue.locations({ limit: 200, ...(after === undefined ? {} : { after }) })
      for (const own of page.items) {
        const location =
          own.source === 'own' || own.source === 'demo' ? locationToOcpi(own, us, deps.operatorName) : undefined
        if (location !== undefined) await objects.putOwn('locations', location)
      }
      after = page.next
    } while (after !== undefined)
    await syncTariffs()
  }

  return {
    syncAll,
    start: async (): Promise<void> => {
      // Followed before it is read: what changes meanwhile is told after.
      unsubscribe = await bus.consume(
        { group: 'ocpi-catalogue', types: ['catalogue.changed', 'tariff.changed'], concurrency: 8 },
        async (event) => {
          if (event.type === 'tariff.changed') {
            const { data } = event as EventEnvelope<'tariff.changed'>
            return data.gone ? vanishTariff(data.tariffId) : syncTariffs()
          }
          const { data } = event as EventEnvelope<'catalogue.changed'>
          // What flows at a free plug is nobody's business abroad.
          if (data.what !== 'power') await putLocation(data.locationId)
        },
      )
      await syncAll()
    },
    stop: async (): Promise<void> => unsubscribe?.(),
  }
}
