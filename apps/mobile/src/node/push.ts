import { isWerenodeError } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import type { PushDevice } from '../device/notice'

interface TextStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}
type Api = { readonly api: Pick<Werenode['api'], 'getPushKey' | 'addDevice' | 'removeDevice'> }

const key = 'werenode:push-device'

/** This device takes the pushes of who is signed in; nothing where no push reaches it. */
export const takePushes = async (
  { api }: Api,
  text: TextStore,
  device: (key: () => Promise<string>) => Promise<PushDevice | undefined>,
): Promise<void> => {
  const body = await device(async () => (await api.getPushKey()).publicKey)
  if (body) text.setItem(key, (await api.addDevice({ body })).id)
}

/** Who signs out takes their notices along: the next person with this device is not told of them. */
export const leavePushes = async ({ api }: Api, text: TextStore): Promise<void> => {
  const deviceId = text.getItem(key) ?? ''
  if (deviceId === '') return
  try {
    await api.removeDevice({ params: { deviceId } })
  } catch (error) {
    // It takes none already: removed elsewhere, or gone with the account.
    if (!isWerenodeError(error) || (error.code !== 'not-found' && error.code !== 'not-authenticated')) throw error
  }
  text.setItem(key, '')
}
