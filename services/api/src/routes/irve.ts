import type { Location, Party, Store } from '@werenode/core'
import type { LocationDoc } from '../catalogue/collections.ts'
import { locationOf } from '../catalogue/location-doc.ts'
import type { Handlers } from '../http/handler.ts'
import { dynamicFile, staticFile } from '../irve/export.ts'

/** The catalogue as French open data. */
export const irveRoutes = ({ store }: { store: Store }): Pick<Handlers, 'exportIrveStatic' | 'exportIrveDynamic'> => {
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
  }
}
