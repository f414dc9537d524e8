import type { Misbehaviour } from './switches.ts'

/** What a station with bad habits says as soon as it was let in. */
export const oddGreetings = (
  habits: ReadonlySet<Misbehaviour>,
  { isOld, isoNow }: { isOld: boolean; isoNow: string },
): readonly (readonly [action: string, payload: unknown])[] => {
  const vendorId = 'org.example'
  return [
    ...(habits.has('data-transfer-object')
      ? [['DataTransfer', { vendorId, data: { temperature: 41, fans: [1, 2] } }] as const]
      : []),
    ...(habits.has('big-messages') ? [['DataTransfer', { vendorId, data: 'x'.repeat(100_000) }] as const] : []),
    ...(habits.has('stop-unknown') && isOld
      ? [['StopTransaction', { transactionId: 987_654_321, meterStop: 4_711, timestamp: isoNow }] as const]
      : []),
    ...(habits.has('flood') ? Array.from({ length: 200 }, () => ['Heartbeat', {}] as const) : []),
  ]
}
