import type { Store } from '@werenode/core'
import type { ObjectDoc } from '../collections.ts'
import type { Call } from '../http/call.ts'
import type { PartyRef, Session } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import { speaksFor } from '../partners/hub.ts'

/** A session at our plugs that runs and is the asking party's own; undefined when there is none, or it is another's. */
export const runningSession = async (
  { store, us }: { readonly store: Store; readonly us: PartyRef },
  call: Call,
  id: string,
): Promise<Session | undefined> => {
  const doc = await store.get<ObjectDoc<'sessions'>>('ocpi_objects', docId('own', 'sessions', plainId(us, id)))
  const theirs = doc !== undefined && speaksFor(call.partner, call.routing, doc.forParty)
  return theirs && doc.object.status === 'ACTIVE' ? doc.object : undefined
}
