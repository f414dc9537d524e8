import { expect, test } from 'vitest'
import { messageOf } from '../src/desk/stations/remote-messages.ts'

const at = new Date('2026-11-22T12:00:00Z')

test('an operator asks a station in the words of its version', () => {
  expect(messageOf('ocpp1.6', { act: 'reset', now: true }, at)).toEqual({ action: 'Reset', payload: { type: 'Hard' } })
  expect(messageOf('ocpp2.1', { act: 'reset', now: true }, at).payload).toEqual({ type: 'Immediate' })
  expect(messageOf('ocpp1.6', { act: 'stop', transactionId: '17' }, at)).toEqual({
    action: 'RemoteStopTransaction',
    payload: { transactionId: 17 },
  })
  expect(messageOf('ocpp2.0.1', { act: 'stop', transactionId: 'a-b' }, at)).toEqual({
    action: 'RequestStopTransaction',
    payload: { transactionId: 'a-b' },
  })
  expect(messageOf('ocpp2.0.1', { act: 'unlock', evse: 2, connector: 1 }, at).payload).toEqual({
    evseId: 2,
    connectorId: 1,
  })
  expect(messageOf('ocpp1.6', { act: 'availability', evse: 2, operative: false }, at).payload).toEqual({
    connectorId: 2,
    type: 'Inoperative',
  })
})
