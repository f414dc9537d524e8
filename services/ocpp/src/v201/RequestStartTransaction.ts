import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 2.0.1 F01, F02. The answer may already name a transaction (the cable was plugged in before). */
export const requestStartTransaction = async (
  call: Call,
  request: { evseId: number; remoteStartId: number; idTag: string },
): Promise<{ accepted: boolean; transactionId: string | undefined }> => {
  const answer = await call('RequestStartTransaction', {
    evseId: request.evseId,
    remoteStartId: request.remoteStartId,
    idToken: { idToken: request.idTag, type: 'Central' },
  })
  const transactionId = (answer as { transactionId?: unknown } | null)?.transactionId
  return {
    accepted: isAccepted(answer),
    transactionId: typeof transactionId === 'string' ? transactionId : undefined,
  }
}
