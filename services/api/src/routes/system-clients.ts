import type { SystemClientDoc, SystemClients } from '../auth/system-clients.ts'
import type { Handlers } from '../http/handler.ts'
import { mustActFor, mustHold } from './parties.ts'

type Operations = 'createSystemClient' | 'listSystemClients' | 'revokeSystemClient'

export const systemClientRoutes = ({
  systemClients,
}: {
  systemClients: SystemClients
}): Pick<Handlers, Operations> => ({
  createSystemClient: async ({ principal, params: { party }, body: { name, scopes } }) => {
    mustActFor(principal, party)
    mustHold(principal, scopes)
    const { doc, clientSecret } = await systemClients.create(principal, { party, name, scopes })
    return { ...clientInfo(doc), clientSecret }
  },
  listSystemClients: async ({ principal, params: { party } }) => {
    mustActFor(principal, party)
    return { items: (await systemClients.list(party)).map(clientInfo) }
  },
  revokeSystemClient: async ({ principal, params: { party, clientId } }) => {
    mustActFor(principal, party)
    await systemClients.revoke(principal, party, clientId)
    return undefined
  },
})

const clientInfo = ({ _id, name, scopes, createdAt }: SystemClientDoc) => ({
  clientId: _id,
  name,
  scopes: scopes as readonly ('catalogue:read' | 'catalogue:write' | 'stations:read' | 'stations:write')[],
  createdAt,
})
