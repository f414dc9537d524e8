import { keepSettings } from '../keep/settings.ts'
import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 §5.3. `RebootRequired` counts as set: it holds after the next boot. */
export const ChangeConfiguration: Outgoing<{ key: string; value: string }, unknown> = {
  action: 'ChangeConfiguration',
  settle: async ({ dossier, stationId, request: { key, value }, answer }) => {
    const status = statusOf(answer)
    if (status === 'Accepted' || status === 'RebootRequired')
      await keepSettings(dossier, stationId, [{ key, value, rebootRequired: status === 'RebootRequired' }])
  },
}

export const changeConfiguration = async (call: Call, key: string, value: string): Promise<string> =>
  statusOf(await call(ChangeConfiguration.action, { key, value }))
