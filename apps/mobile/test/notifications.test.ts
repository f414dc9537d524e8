import { WerenodeError } from '@werenode/core'
import type { SessionEvent, Werenode } from '@werenode/sdk'
import * as Device from 'expo-device'
import * as Notifications from 'expo-notifications'
import { Platform } from 'react-native'
import { createCharges } from '../src/charge/charges'
import { createTellBeside } from '../src/charge/tell-beside'
import { askToNotify, mayNotify, nameChannels, onNoticeOpened, pushDevice } from '../src/device/notifications'
import { leavePushes, takePushes } from '../src/node/push'
import { wordsOf } from '../src/words/words'
import { textStore, viewOf } from './stand-ins'

/** A phone's tray: what lies in it, and every change to it. It outlives the app. */
const mockTray = {
  shown: new Map<string, { title: string; body: string; data: { quiet?: boolean; path: string }; sticky?: boolean }>(),
  calls: [] as { request?: Notifications.NotificationRequestInput; dismissed?: string }[],
}
jest.mock('expo-device', () => ({ isDevice: true }))
jest.mock('expo-notifications', () => ({
  AndroidImportance: { HIGH: 6, LOW: 4 },
  AndroidNotificationVisibility: { PUBLIC: 1 },
  setNotificationHandler: jest.fn(),
  setNotificationChannelAsync: jest.fn(async () => undefined),
  getPermissionsAsync: jest.fn(),
  requestPermissionsAsync: jest.fn(),
  getExpoPushTokenAsync: jest.fn(async () => ({ data: 'ExponentPushToken[abcdefghijklmnop]' })),
  scheduleNotificationAsync: jest.fn(async (request) => {
    mockTray.calls.push({ request })
    mockTray.shown.set(request.identifier, request.content)
  }),
  dismissNotificationAsync: jest.fn(async (id: string) => {
    mockTray.calls.push({ dismissed: id })
    mockTray.shown.delete(id)
  }),
  getLastNotificationResponse: jest.fn(() => null),
  clearLastNotificationResponse: jest.fn(),
  addNotificationResponseReceivedListener: jest.fn(() => ({ remove: jest.fn() })),
}))
const handler = jest.mocked(Notifications.setNotificationHandler).mock.calls[0]![0]!

const permission = (part: object): void =>
  void jest.mocked(Notifications.getPermissionsAsync).mockResolvedValue(part as never)
const { id } = viewOf()

/** A node whose stream the test writes line by line. */
const nodeOf = () => {
  const lines: SessionEvent[] = []
  let wake = (): void => undefined
  const node = {
    live: async function* () {
      for (let next = 0; ; ) {
        while (next < lines.length) yield lines[next++]!
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    sessions: async () => ({ items: [] }),
    offline: { cosign: async () => ({ sent: true }) },
  } as unknown as Werenode
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return {
    node,
    state: async (part: Parameters<typeof viewOf>[0]) => {
      lines.push({ type: 'session.state', seq: lines.length, at: '', data: { view: viewOf(part) } } as never)
      wake()
      await settled()
    },
    meter: async (energyWh: number) => {
      const meterAt = new Date(1_772_359_200_000 + energyWh * 1_000).toISOString()
      const data = { ...viewOf(), sessionId: id, energyWh, powerW: 50_000, meterAt }
      lines.push({ type: 'session.meter', seq: lines.length, at: meterAt, data } as never)
      wake()
      await settled()
    },
    warn: async (code: string) => {
      lines.push({ type: 'session.warning', seq: lines.length, at: '', data: { sessionId: id, code } } as never)
      wake()
      await settled()
    },
  }
}
const open = (node: Werenode, text = textStore(), locale: 'en' | 'fr' = 'en') => ({
  text,
  charges: createCharges({ werenode: () => node, text, tell: createTellBeside(() => wordsOf(locale)) }),
})
const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s/g, ' ')

beforeEach(() => {
  mockTray.shown.clear()
  mockTray.calls.length = 0
  permission({ granted: true })
})

test('over a whole charge one notification stays, is kept true, and makes room for what was paid', async () => {
  const { node, state, meter, warn } = nodeOf()
  const { charges } = open(node)
  charges.follow(viewOf({ state: 'starting', energyWh: 0 }))
  expect(mockTray.shown.size).toBe(0)

  await state({ state: 'charging', energyWh: 0, powerW: 0, costMicro: '0' })
  expect(mockTray.calls[0]!.request).toMatchObject({
    identifier: id,
    content: {
      title: 'Charging at Nantes, Gare Sud',
      sticky: true,
      autoDismiss: false,
      interruptionLevel: 'active',
      data: { quiet: false, path: `charge/${id}` },
    },
  })
  for (const energyWh of [11_000, 12_000, 13_000]) await meter(energyWh)
  expect([...mockTray.shown.keys()]).toEqual([id])
  expect(plain(mockTray.shown.get(id)?.body)).toBe('13.00 kWh, 50 kW, €5.40')
  // Changed each time, shown anew never: the changes are quiet.
  const running = mockTray.calls.flatMap(({ request }) => (request?.identifier === id ? [request.content] : []))
  expect(running.filter(({ data }) => data?.quiet === false)).toHaveLength(1)
  expect(running.slice(1).every(({ interruptionLevel }) => interruptionLevel === 'passive')).toBe(true)

  await warn('deposit-80')
  expect(plain(mockTray.shown.get(`${id} deposit-80`)?.body)).toMatch(/80%/)

  await state({ state: 'ended', energyWh: 13_000, powerW: 0 })
  expect(mockTray.shown.has(id)).toBe(false)
  expect(plain(mockTray.shown.get(`${id} stopped`)?.body)).toBe('Nantes, Gare Sud: 13.00 kWh for €5.40')

  await state({ state: 'settled', paidMicro: '5400000', returnedMicro: '19600000' } as never)
  expect(plain(mockTray.shown.get(`${id} refund`)?.body)).toBe('Paid €5.40, €19.60 came back.')
  expect([...mockTray.shown.keys()]).toEqual([`${id} deposit-80`, `${id} stopped`, `${id} refund`])
  charges.close()
})

test('after the app was killed the notification that stands there is taken up, not put beside itself', async () => {
  const first = nodeOf()
  const { charges, text } = open(first.node)
  charges.follow(viewOf({ state: 'starting' }))
  await first.state({ state: 'charging' })
  charges.close()
  expect([...mockTray.shown.keys()]).toEqual([id])

  const second = nodeOf()
  const again = open(second.node, text).charges
  await again.resume()
  await second.meter(14_000)
  expect([...mockTray.shown.keys()]).toEqual([id])
  expect(plain(mockTray.shown.get(id)?.body)).toBe('14.00 kWh, 50 kW, €5.40')
  // It was noticed when the charge began.
  expect(mockTray.shown.get(id)?.data.quiet).toBe(true)
  again.close()
})

test('a charge that ended while the app was killed is no longer said to run', async () => {
  const { node, state } = nodeOf()
  const { charges, text } = open(node)
  charges.follow(viewOf({ state: 'starting' }))
  await state({ state: 'charging' })
  charges.close()
  const over = viewOf({ state: 'settled', paidMicro: '5400000', returnedMicro: '19600000' } as never)
  const later = open({ ...nodeOf().node, sessions: async () => ({ items: [over] }) } as never, text).charges
  await later.resume()
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect([...mockTray.shown.keys()]).toEqual([`${id} refund`])
  later.close()
})

test('a station that declines is told of in the words of the person', async () => {
  const { node, state } = nodeOf()
  const { charges } = open(node, textStore(), 'fr')
  charges.follow(viewOf({ state: 'starting' }))
  await state({ state: 'rejected' })
  const { title, body } = mockTray.shown.get(`${id} refund`)!
  expect(`${title} ${body}`).toMatch(/[éè]/)
  expect(mockTray.shown.size).toBe(1)
  charges.close()
})

test('where it is not allowed nothing is shown, nothing fails, and the charge goes on', async () => {
  for (const refused of [
    { granted: false, canAskAgain: false, status: 'denied' },
    new Error('No notification service'),
  ]) {
    if (refused instanceof Error) jest.mocked(Notifications.getPermissionsAsync).mockRejectedValue(refused)
    else permission(refused)
    const { node, state, meter } = nodeOf()
    const { charges } = open(node)
    charges.follow(viewOf({ state: 'starting' }))
    await state({ state: 'charging' })
    await meter(12_000)
    await state({ state: 'ended' })
    expect(mockTray.shown.size).toBe(0)
    expect(charges.state().charges.get(id)!.view.state).toBe('ended')
    charges.close()
  }
})

test('who was asked and said no is not taken for somebody who was not asked', async () => {
  permission({ granted: false, canAskAgain: true, status: 'undetermined' })
  expect(await mayNotify()).toBe('not-asked')
  jest.mocked(Notifications.requestPermissionsAsync).mockResolvedValue({ granted: false, status: 'denied' } as never)
  expect(await askToNotify()).toBe('no')
})

test('on Android it lies on the lock screen, in a channel of its own that makes no sound', async () => {
  const system = jest.replaceProperty(Platform, 'OS', 'android')
  try {
    await nameChannels({ charges: 'Recharges', ongoing: 'En charge' })
    expect(jest.mocked(Notifications.setNotificationChannelAsync).mock.calls).toEqual([
      ['charges', { name: 'Recharges', importance: 6 }],
      ['ongoing', { name: 'En charge', importance: 4, lockscreenVisibility: 1 }],
    ])
    const { node, state } = nodeOf()
    const { charges } = open(node)
    charges.follow(viewOf({ state: 'starting' }))
    await state({ state: 'charging' })
    await state({ state: 'ended' })
    expect(mockTray.calls.flatMap(({ request }) => (request ? [request.trigger] : []))).toEqual([
      { channelId: 'ongoing' },
      { channelId: 'charges' },
    ])
    charges.close()
  } finally {
    system.restore()
  }
})

test('before the person’s eyes only a charge that begins and what another screen would miss come forward', async () => {
  const comes = async (data: object) =>
    (await handler.handleNotification({ request: { content: { data } } } as never)).shouldShowBanner
  expect(await comes({ quiet: false, path: `charge/${id}` })).toBe(true)
  expect(await comes({ path: 'place/WRN-NANTES' })).toBe(true)
  expect(await comes({ quiet: true, path: `charge/${id}` })).toBe(false)
  // The node pushed what the app tells by itself.
  expect(await comes({ kind: 'refund', sessionId: id })).toBe(false)
})

test('a tap opens what the notification is about, also where it opened the app', () => {
  const tapped = (data: object) => ({ notification: { request: { content: { data } } } }) as never
  const opened: string[] = []
  jest.mocked(Notifications.getLastNotificationResponse).mockReturnValueOnce(tapped({ path: 'place/WRN-NANTES' }))
  onNoticeOpened((path) => opened.push(path))
  const [tap] = jest.mocked(Notifications.addNotificationResponseReceivedListener).mock.calls.at(-1)!
  tap(tapped({ kind: 'refund', sessionId: id }))
  tap(tapped({ other: 1 }))
  expect(opened).toEqual(['place/WRN-NANTES', `charge/${id}`])
})

test('a device gives the node what it needs to push, where there is a way', async () => {
  const key = jest.fn()
  expect(await pushDevice(key)).toEqual({ kind: 'expo', token: 'ExponentPushToken[abcdefghijklmnop]' })
  jest.mocked(Notifications.getExpoPushTokenAsync).mockRejectedValueOnce(new Error('no credentials'))
  expect(await pushDevice(key)).toBeUndefined()
  permission({ granted: false })
  expect(await pushDevice(key)).toBeUndefined()
  permission({ granted: true })
  const simulator = jest.replaceProperty(Device, 'isDevice', false)
  expect(await pushDevice(key)).toBeUndefined()
  simulator.restore()
})

describe('whose notices are pushed to this device', () => {
  const device = async () => ({ kind: 'expo', token: 'ExponentPushToken[abcdefghijklmnop]' }) as const
  const nodeWith = (removeDevice = jest.fn(async () => undefined)) => ({
    api: {
      getPushKey: async () => ({ publicKey: 'key' }),
      addDevice: jest.fn(async () => ({ id: 'd1', kind: 'expo' as const, createdAt: '' })),
      removeDevice,
    },
  })
  test('are of who is signed in, and of nobody after they signed out', async () => {
    const [node, text] = [nodeWith(), textStore()]
    await takePushes(node as never, text, device)
    expect(node.api.addDevice).toHaveBeenCalledWith({ body: await device() })
    await leavePushes(node as never, text)
    await leavePushes(node as never, text)
    expect(node.api.removeDevice.mock.calls).toEqual([[{ params: { deviceId: 'd1' } }]])
  })
  test('where no push reaches it there is nothing to leave, and what is gone already is left', async () => {
    const [node, text] = [
      nodeWith(jest.fn(async () => Promise.reject(new WerenodeError('not-found', 'No device')))),
      textStore(),
    ]
    await takePushes(node as never, text, async () => undefined)
    await leavePushes(node as never, text)
    expect(node.api.removeDevice).not.toHaveBeenCalled()
    await takePushes(node as never, text, device)
    await leavePushes(node as never, text)
    expect(text.getItem('werenode:push-device')).toBe('')
  })
})
