import type { Bus, Clock, Location, Party, Store } from '@werenode/core'
import type { LocationDoc } from '../catalogue/collections.ts'
import { locationOf } from '../catalogue/location-doc.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { dynamicFile, staticFile } from '../irve/export.ts'
import { importIrveDynamic } from '../irve/import-dynamic.ts'

/** The catalogue as French open data. */
export const irveRoutes = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  audit: Audit
}): Pick<Handlers, 'exportIrveStatic' | 'exportIrveDynamic' | 'importIrveStatus'> => {
  const { store, bus, clock, audit } = deps

  /** Real places of the party in France: what is simulated or another's is not published as theirs. */
  const placesOf = async (party: Party): Promise<readonly Location[]> => {
    const places: Location[] = []
    let after: string | undefined
    do {
      const page = await store.find<LocationDoc>(
        'api_locations',
        { party, gone: false },
        { sort: [['_id', 1]], limit: 1_000, ...(after === undefined ? {} : { after }) },
      )
      for (const { _rev, ...doc } of page.items)
        if (doc.source === 'own' && doc.countryCode === 'FR') places.push(locationOf(doc as LocationDoc))
      after = page.next
    } while (after !== undefined)
    return places
  }
  return {
    exportIrveStatic: async ({ params, query }) => staticFile(await placesOf(params.party), query.contact),
    exportIrveDynamic: async ({ params }) => dynamicFile(await placesOf(params.party)),
    importIrveStatus: async ({ principal, body }) => {
      const report = await importIrveDynamic({ store, bus, clock, file: body })
      const subject = `${report.changed} of ${report.rows} points`
      await store.write([audit.note({ principal, act: 'importIrveStatus', subject })])
      return { ...report, counts: { ...report.counts }, findings: [...report.findings] }
    },
  }
}
