import { type Call, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 §5.3. `RebootRequired` counts as set: it holds after the next boot. */
export const changeConfiguration = async (
  call: Call,
  key: string,
  value: string,
): Promise<'Accepted' | 'RebootRequired' | 'Rejected' | 'NotSupported'> =>
  statusOf(await call('ChangeConfiguration', { key, value })) as 'Accepted'
