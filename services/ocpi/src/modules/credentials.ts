import type { Handler } from '../http/call.ts'
import type { createHandshake } from '../partners/handshake.ts'
import { byMethod } from './sender.ts'

/** credentials: GET shows, POST registers, PUT renews, DELETE ends. */
export const credentialsModule = (handshake: ReturnType<typeof createHandshake>): Handler =>
  byMethod({
    GET: async ({ token, version }) => handshake.tell(token, version),
    POST: async ({ partner, token, version, body }) =>
      handshake.receive({ partner, used: token, version, body, method: 'POST' }),
    PUT: async ({ partner, token, version, body }) =>
      handshake.receive({ partner, used: token, version, body, method: 'PUT' }),
    DELETE: async ({ partner, token }) => handshake.receiveDelete(partner, token),
  })
