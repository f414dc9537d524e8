import type { ObjectDoc } from '../collections.ts'
import type { Handler } from '../http/call.ts'
import { type Answer, invalid, notFound } from '../http/envelope.ts'
import type { ClientInfo } from '../model/model.ts'
import { docId } from '../objects/object-id.ts'
import type { ReceiverDeps } from './receiver.ts'
import { byMethod } from './sender.ts'

/**
 * mod_hub_client_info, not routed. Receiver interface: a hub tells which parties are connected to it; Sender interface, the address without a
 * party: whom we know to be connected (`client-info-sender.ts`).
 */
export const hubClientInfo = (
  deps: ReceiverDeps & { get: (id: string) => Promise<ObjectDoc | undefined>; list: Handler },
): Handler => {
  const idOf = (parts: readonly string[], role = ''): string => `${parts[0]}|${parts[1]}|${role}`.toUpperCase()
  const roles = ['CPO', 'EMSP', 'HUB', 'NAP', 'NSP', 'OTHER', 'SCSP', 'PTP']
  return byMethod({
    PUT: async (call): Promise<Answer> => {
      if (call.version.clientInfo === undefined || call.parts.length !== 2)
        throw notFound('The module hubclientinfo here')
      const info = call.read(call.version.clientInfo) as ClientInfo
      const named = `${info.country_code}|${info.party_id}`.toUpperCase()
      if (named !== call.parts.join('|').toUpperCase())
        throw invalid(`The URL and the body name different parties: ${named}`)
      const outcome = await deps.objects.putTheirs(call.partner._id, 'hubclientinfo', info)
      return { http: outcome === 'new' ? 201 : 200 }
    },
    GET: async (call): Promise<Answer> => {
      if (call.parts.length === 0) return deps.list(call)
      for (const role of roles) {
        const doc = await deps.get(docId(call.partner._id, 'hubclientinfo', idOf(call.parts, role)))
        if (doc !== undefined) return { data: doc.object }
      }
      throw notFound(`The party ${call.parts.join('*').slice(0, 20)}`)
    },
  })
}
