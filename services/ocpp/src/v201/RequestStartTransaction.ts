import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 F01, F02. What it begins is known by its number and id, kept before it is sent. */
export const RequestStartTransaction: Outgoing = { action: 'RequestStartTransaction' }

export const requestStartTransaction = async (
  call: Call,
  request: { evseId: number; remoteStartId: number; idTag: string },
): Promise<boolean> =>
  isAccepted(
    await call(RequestStartTransaction.action, {
      evseId: request.evseId,
      remoteStartId: request.remoteStartId,
      idToken: { idToken: request.idTag, type: 'Central' },
    }),
  )
