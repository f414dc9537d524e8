import { act, fireEvent, render, screen } from '@testing-library/react-native'
import * as Haptics from 'expo-haptics'
import type { ReactNode } from 'react'
import { AccessibilityInfo, Animated } from 'react-native'
import { SafeAreaProvider } from 'react-native-safe-area-context'
import { LivePanel } from '../src/charge/LivePanel'
import { Button } from '../src/look/Button'
import { Slide } from '../src/look/Slide'
import { type LookChoice, LookProvider } from '../src/look/theme'
import { usual } from '../src/node/settings'
import { ChargeScreen } from '../src/screens/ChargeScreen'
import { WordsProvider } from '../src/words/words'
import { viewOf } from './stand-ins'

jest.mock('expo-haptics', () => ({
  NotificationFeedbackType: { Success: 'success', Error: 'error' },
  selectionAsync: jest.fn(async () => undefined),
  notificationAsync: jest.fn(async () => undefined),
}))
const mockStop = jest.fn(async () => undefined)
let mockView = viewOf()
const mockListeners = new Set<() => void>()
let mockState = {
  charges: new Map([[mockView.id, { view: mockView, toldAt: Date.now(), live: true, powers: [] }]]),
  online: true,
}
jest.mock('../src/node/app', () => ({
  useApp: () => ({
    charges: {
      stop: mockStop,
      state: () => mockState,
      subscribe: (listener: () => void) => {
        mockListeners.add(listener)
        return () => mockListeners.delete(listener)
      },
    },
    keyRing: { because: (_why: string, work: () => unknown) => work() },
    werenode: {},
    online: true,
  }),
}))
jest.mock('expo-router', () => ({
  useRouter: () => ({ replace: jest.fn(), canGoBack: () => false }),
  useLocalSearchParams: () => ({ id: mockView.id }),
}))
jest.mock('../src/charge/ReceiptPanel', () => ({ ReceiptPanel: () => null }))

const felt = () => ({
  tap: jest.mocked(Haptics.selectionAsync).mock.calls.length,
  said: jest.mocked(Haptics.notificationAsync).mock.calls.map(([kind]) => String(kind)),
})
beforeEach(() => jest.clearAllMocks())

const shown = (children: ReactNode, choice: Partial<LookChoice> = {}) =>
  render(
    <WordsProvider locale="en">
      <LookProvider choice={{ ...usual, ...choice }}>
        <SafeAreaProvider
          initialMetrics={{
            frame: { x: 0, y: 0, width: 390, height: 844 },
            insets: { top: 0, left: 0, right: 0, bottom: 0 },
          }}
        >
          {children}
        </SafeAreaProvider>
      </LookProvider>
    </WordsProvider>,
  )

/** A thumb on the knob that goes this far and lets go, as React Native tells touches. */
const thumb = (dx: number): void => {
  const at = (x: number, time: number) => ({
    nativeEvent: { touches: [{}], changedTouches: [] },
    touchHistory: {
      touchBank: [
        {
          touchActive: true,
          startPageX: 0,
          startPageY: 0,
          startTimeStamp: 0,
          currentPageX: x,
          currentPageY: 0,
          currentTimeStamp: time,
          previousPageX: 0,
          previousPageY: 0,
          previousTimeStamp: 0,
        },
      ],
      numberActiveTouches: 1,
      indexOfSingleActiveTouch: 0,
      mostRecentTimeStamp: time,
    },
  })
  const track = screen.getByTestId('slide')
  fireEvent(track, 'layout', { nativeEvent: { layout: { width: 364, height: 64, x: 0, y: 0 } } })
  const knob = track.findAll((node) => typeof node.props.onResponderGrant === 'function').at(-1)!
  act(() => {
    knob.props.onResponderGrant(at(0, 1))
    knob.props.onResponderMove(at(dx, 2))
    knob.props.onResponderRelease(at(dx, 3))
  })
}

test('a slide is felt where it begins and where it is done', () => {
  const done = jest.fn()
  shown(<Slide label="Slide to charge" busyLabel="Starting" onDone={done} />)
  thumb(280)
  expect(done).toHaveBeenCalledTimes(1)
  expect(felt()).toEqual({ tap: 1, said: ['success'] })
})

test('who lets go half way has begun nothing, and feels no success', () => {
  const done = jest.fn()
  shown(<Slide label="Slide to charge" busyLabel="Starting" onDone={done} />)
  thumb(150)
  expect(done).not.toHaveBeenCalled()
  expect(felt()).toEqual({ tap: 1, said: [] })
})

test('with vibration off nothing is felt, and everything works', async () => {
  const done = jest.fn()
  shown(<Slide label="Slide to charge" busyLabel="Starting" onDone={done} />, { haptics: false })
  thumb(280)
  expect(done).toHaveBeenCalledTimes(1)
  screen.unmount()
  shown(<LivePanel view={viewOf()} />, { haptics: false })
  fireEvent.press(screen.getByTestId('stop'))
  await act(async () => fireEvent.press(screen.getByTestId('stop-confirm')))
  expect(mockStop).toHaveBeenCalledTimes(1)
  expect(felt()).toEqual({ tap: 0, said: [] })
})

test('with reduced motion only what has a meaning is felt, and the knob goes back at once', () => {
  const timing = jest.spyOn(Animated, 'timing')
  shown(<Slide label="Slide to charge" busyLabel="Starting" onDone={() => undefined} />, { reducedMotion: true })
  thumb(280)
  expect(felt()).toEqual({ tap: 0, said: ['success'] })
  expect(timing.mock.calls.at(-1)![1]).toMatchObject({ toValue: 0, duration: 0 })
})

test('and so where the device itself asks for less motion', async () => {
  jest.mocked(AccessibilityInfo.isReduceMotionEnabled).mockResolvedValueOnce(true)
  const timing = jest.spyOn(Animated, 'timing')
  shown(<Slide label="Slide to charge" busyLabel="Starting" onDone={() => undefined} />)
  await act(async () => undefined)
  thumb(280)
  expect(felt()).toEqual({ tap: 0, said: ['success'] })
  expect(timing.mock.calls.at(-1)![1]).toMatchObject({ duration: 0 })
})

test('a stop is felt when it was sent', async () => {
  shown(<LivePanel view={viewOf()} />)
  fireEvent.press(screen.getByTestId('stop'))
  expect(felt()).toEqual({ tap: 1, said: [] })
  await act(async () => fireEvent.press(screen.getByTestId('stop-confirm')))
  expect(felt()).toEqual({ tap: 2, said: ['success'] })
})

test('a stop that fails is felt as a failure, and said', async () => {
  mockStop.mockRejectedValueOnce(new Error('The station does not answer.'))
  shown(<LivePanel view={viewOf()} />)
  fireEvent.press(screen.getByTestId('stop'))
  await act(async () => fireEvent.press(screen.getByTestId('stop-confirm')))
  expect(felt().said).toEqual(['error'])
  expect(screen.getByTestId('problem')).toHaveTextContent('The station does not answer.')
})

const goesTo = (state: Parameters<typeof viewOf>[0]) =>
  act(async () => {
    mockView = viewOf(state)
    mockState = {
      ...mockState,
      charges: new Map([[mockView.id, { view: mockView, toldAt: Date.now(), live: true, powers: [] }]]),
    }
    for (const listener of mockListeners) listener()
  })

test('power that flows is felt, and a station that declines', async () => {
  await goesTo({ state: 'starting' })
  shown(<ChargeScreen />)
  expect(felt().said).toEqual([])
  await goesTo({ state: 'charging' })
  expect(felt().said).toEqual(['success'])
  await goesTo({ state: 'charging', energyWh: 12_000 })
  expect(felt().said).toEqual(['success'])
  screen.unmount()
  await goesTo({ state: 'starting' })
  shown(<ChargeScreen />)
  await goesTo({ state: 'rejected' })
  expect(felt().said).toEqual(['success', 'error'])
  screen.unmount()
  // A charge that is read about later is still.
  shown(<ChargeScreen />)
  expect(felt().said).toEqual(['success', 'error'])
})

test('a device without a motor stays still', async () => {
  jest.mocked(Haptics.selectionAsync).mockRejectedValueOnce(new Error('No haptic engine'))
  const press = jest.fn()
  shown(<Button label="Pay" onPress={press} />)
  fireEvent.press(screen.getByRole('button', { name: 'Pay' }))
  await act(async () => undefined)
  expect(press).toHaveBeenCalledTimes(1)
})

describe('in a browser', () => {
  const vibrate = jest.fn()
  const { tap, success, failure } =
    jest.requireActual<typeof import('../src/device/haptics.web')>('../src/device/haptics.web')
  const browser = (part: object) => Object.defineProperty(globalThis, 'navigator', { value: part, configurable: true })

  test('the motor turns only after a touch, and where there is one', () => {
    browser({ vibrate, userActivation: { hasBeenActive: false } })
    success()
    expect(vibrate).not.toHaveBeenCalled()
    browser({ vibrate, userActivation: { hasBeenActive: true } })
    tap()
    success()
    failure()
    expect(vibrate.mock.calls).toEqual([[8], [[10, 60, 20]], [[30, 40, 30]]])
    browser({})
    expect(failure).not.toThrow()
  })
})
