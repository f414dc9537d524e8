import { act, fireEvent, render, screen } from '@testing-library/react-native'
import { WerenodeError } from '@werenode/core'
import { themes } from '@werenode/design/tokens'
import type { ReactNode } from 'react'
import { LivePanel } from '../src/charge/LivePanel'
import { QuoteCard } from '../src/charge/QuoteCard'
import { Button } from '../src/look/Button'
import { Field } from '../src/look/Field'
import { Notice } from '../src/look/Notice'
import { Problem } from '../src/look/Problem'
import { Slide } from '../src/look/Slide'
import { LookProvider } from '../src/look/theme'
import { usual } from '../src/node/settings'
import { WordsProvider } from '../src/words/words'
import { viewOf } from './stand-ins'

const mockPush = jest.fn()
let mockPath = '/account/cards'
jest.mock('expo-router', () => ({ useRouter: () => ({ push: mockPush }), usePathname: () => mockPath }))
const mockStop = jest.fn(async () => undefined)
jest.mock('../src/node/app', () => ({
  useApp: () => ({
    charges: { stop: mockStop, topUp: jest.fn() },
    keyRing: { because: (_why: string, work: () => unknown) => work() },
    online: true,
  }),
}))

const shown = (children: ReactNode, { locale = 'en' as 'en' | 'fr', theme = 'light' as 'light' | 'dark' } = {}) =>
  render(
    <WordsProvider locale={locale}>
      <LookProvider choice={{ ...usual, theme }}>{children}</LookProvider>
    </WordsProvider>,
  )

const quote = {
  free: false,
  maxAmountMicro: 25_000_000n,
  terms: { pricePerKWh: 490_000n },
  price: [{ kind: 'energy', inclVat: '0.49', vatPercent: '20' }],
  tariff: { currency: 'EUR' },
  example: { energyWh: 20_000, durationS: 900, totalMicro: 9_800_000n },
  keyClass: 'GATEWAY',
  meterCertified: false,
} as never

test('the one confirmation says in words what can be taken and what comes back', () => {
  shown(<QuoteCard quote={quote} />)
  expect(screen.getByTestId('agreement')).toHaveTextContent(
    'Up to €25.00, €0.49/kWh; what you do not use comes back at once.',
    { normalizer: (text) => text.replaceAll(/\s/g, ' ') },
  )
  expect(screen.getByText(/not certified/)).toBeOnTheScreen()
})

test('and so in French', () => {
  shown(<QuoteCard quote={quote} />, { locale: 'fr' })
  expect(screen.getByTestId('agreement').props.children).toMatch(/^Jusqu’à 25,00/)
})

test('no screen of a charge shows hex', () => {
  shown(<LivePanel view={viewOf()} />)
  expect(JSON.stringify(screen.toJSON())).not.toMatch(/0x[0-9a-f]{8}/i)
})

test('a charge that runs shows cost first, then power, energy and battery', () => {
  shown(<LivePanel view={viewOf()} />)
  expect(screen.getByTestId('cost')).toHaveTextContent('€5.40')
  expect(screen.getByText(/100.kW/)).toBeOnTheScreen()
  expect(screen.getByText(/10.*kWh/)).toBeOnTheScreen()
  expect(screen.getByText(/^42\s*%$/)).toBeOnTheScreen()
})

test('a stop is asked twice and sent once', async () => {
  shown(<LivePanel view={viewOf()} />)
  fireEvent.press(screen.getByTestId('stop'))
  expect(mockStop).not.toHaveBeenCalled()
  await act(async () => {
    fireEvent.press(screen.getByTestId('stop-confirm'))
  })
  expect(mockStop).toHaveBeenCalledTimes(1)
})

test('a warning is said to screen readers', () => {
  const live = { view: viewOf(), toldAt: Date.now(), live: true, recovered: false, powers: [], stopWaits: false }
  shown(<LivePanel view={viewOf()} live={{ ...live, warning: 'deposit-80' }} />)
  expect(screen.getByRole('alert')).toHaveTextContent(/80%/)
})

test('who cannot slide activates it', () => {
  const done = jest.fn()
  shown(<Slide label="Slide to charge" busyLabel="Starting" onDone={done} />)
  fireEvent(screen.getByRole('button', { name: 'Slide to charge' }), 'accessibilityAction', {
    nativeEvent: { actionName: 'activate' },
  })
  expect(done).toHaveBeenCalledTimes(1)
})

test('a slide that is busy does nothing', () => {
  const done = jest.fn()
  shown(<Slide label="Slide to charge" busyLabel="Starting" busy onDone={done} />)
  fireEvent(screen.getByRole('button', { name: 'Starting' }), 'accessibilityAction', {
    nativeEvent: { actionName: 'activate' },
  })
  expect(done).not.toHaveBeenCalled()
})

test('a busy button cannot be pressed', () => {
  const press = jest.fn()
  shown(<Button label="Pay" busy onPress={press} />)
  fireEvent.press(screen.getByRole('button', { name: 'Pay', busy: true }))
  expect(press).not.toHaveBeenCalled()
})

test('a field says what is wrong with it, in the colours of the theme', () => {
  shown(<Field label="PIN" problem="At least 6 digits." />, { theme: 'dark' })
  expect(screen.getByRole('alert')).toHaveStyle({ color: themes.dark.danger.text })
  expect(screen.getByLabelText('PIN')).toBeOnTheScreen()
})

test('what is for members leads to the page where one signs in, and that page does not lead to itself', () => {
  const error = new WerenodeError('not-authenticated', 'Nobody is signed in')
  shown(<Problem error={error} again={() => undefined} />)
  fireEvent.press(screen.getByRole('button', { name: 'Sign in' }))
  expect(mockPush).toHaveBeenCalledWith('/account/sign-in')
  screen.unmount()
  mockPath = '/account/sign-in'
  shown(<Problem error={error} />)
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByRole('alert')).toBeOnTheScreen()
})

test('a notice that only tells does not alarm', () => {
  shown(<Notice kind="good" what="Done" />)
  expect(screen.queryByRole('alert')).toBeNull()
})
