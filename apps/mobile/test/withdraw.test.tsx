import { act, fireEvent, render, screen, waitFor } from '@testing-library/react-native'
import { LookProvider } from '../src/look/theme'
import { usual } from '../src/node/settings'
import { WithdrawScreen } from '../src/screens/WithdrawScreen'
import { amountIn, destinationIn } from '../src/wallet/withdrawal'
import { WordsProvider } from '../src/words/words'

const mockTo = '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984'
const mockMade = { id: '0x77', account: '0x22', to: mockTo.toLowerCase(), amountMicro: '12500000', at: '' }
const mockWithdraw = jest.fn(async () => ({ ...mockMade, state: 'under-way' }))
const mockSee = jest.fn(async () => ({ ...mockMade, state: 'paid' }) as object)
jest.mock('expo-router', () => ({ useRouter: () => ({ canGoBack: () => false, replace: jest.fn() }) }))
jest.mock('react-native-safe-area-context', () => ({
  useSafeAreaInsets: () => ({ top: 0, bottom: 0, left: 0, right: 0 }),
}))
jest.mock('../src/look/Screen', () => ({ Screen: ({ children }: { children: unknown }) => children }))
const mockApp = {
  werenode: {
    network: async () => ({ depth: 0 }),
    credit: async () => ({ creditMicro: 41_153_999n, walletMicro: 0n }),
    withdraw: mockWithdraw,
    withdrawal: mockSee,
  },
  card: { address: `0x${'22'.repeat(20)}` },
  keyRing: { because: (_why: string, work: () => unknown) => work() },
}
jest.mock('../src/node/app', () => ({ useApp: () => mockApp }))

const shown = async () => {
  render(
    <WordsProvider locale="en">
      <LookProvider choice={usual}>
        <WithdrawScreen />
      </LookProvider>
    </WordsProvider>,
  )
  await waitFor(() => screen.getByText(/Up to €41\.15 of your credit/))
}
const write = (id: string, text: string): void => fireEvent.changeText(screen.getByTestId(id), text)

test('an amount is read as people write it, in cents, and nothing else is', () => {
  for (const [text, micro] of [
    ['12', 12_000_000n],
    ['12.5', 12_500_000n],
    ['12,50', 12_500_000n],
    [' 0.01 € ', 10_000n],
    ['€7', 7_000_000n],
  ] as const)
    expect([text, amountIn(text)]).toEqual([text, micro])
  for (const text of ['', '0', '0.00', '-1', '1e9', '12.345', '1 000', '0x10', '1000000000', 'all', '٣'])
    expect([text, amountIn(text)]).toEqual([text, undefined])
})

test('a mistyped address is noticed by its checksum', () => {
  expect(destinationIn(mockTo)).toEqual({ address: mockTo.toLowerCase() })
  expect(destinationIn(` ethereum:${mockTo}@31337 `)).toEqual({ address: mockTo.toLowerCase() })
  expect(destinationIn(mockTo.toLowerCase())).toEqual({ address: mockTo.toLowerCase() })
  expect(destinationIn(mockTo.replace('F984', 'f984'))).toEqual({ wrong: 'mistyped' })
  for (const text of ['', 'anna.eth', mockTo.slice(0, -1), `${mockTo}0`, mockTo.replace('0x', '')])
    expect(destinationIn(text)).toEqual({ wrong: 'not-an-address' })
})

test('how much, to whom and when is said before it is signed, and what became of it after', async () => {
  await shown()
  expect(screen.queryByTestId('withdraw')).toBeNull()
  write('withdraw-amount', '12,50')
  write('withdraw-to', mockTo)
  expect(screen.getByTestId('withdraw-words')).toHaveTextContent(
    '€12.50 to the account ending in F984. It arrives in seconds, costs nothing, and cannot be called back.',
  )
  expect(mockWithdraw).not.toHaveBeenCalled()
  await act(async () => {
    fireEvent.press(screen.getByTestId('withdraw'))
  })
  expect(mockWithdraw).toHaveBeenCalledWith({ amountMicro: 12_500_000n, to: mockTo.toLowerCase() })
  await waitFor(() => screen.getByTestId('withdrawal-paid'), { timeout: 20_000 })
  expect(screen.getByText('€12.50 arrived.')).toBeOnTheScreen()
  expect(mockWithdraw).toHaveBeenCalledTimes(1)
})

test('too much, parts of a cent and half an address cannot be sent', async () => {
  await shown()
  write('withdraw-to', mockTo)
  for (const amount of ['41.16', '0', '1.234']) {
    write('withdraw-amount', amount)
    expect(screen.getByRole('alert')).toHaveTextContent('An amount like 12.50, at most €41.15.')
    expect(screen.queryByTestId('withdraw')).toBeNull()
  }
  fireEvent.press(screen.getByRole('button', { name: 'All of it' }))
  expect(screen.getByTestId('withdraw-words')).toHaveTextContent(/^€41\.15 to/)
  write('withdraw-to', mockTo.slice(0, -2))
  expect(screen.getByRole('alert')).toHaveTextContent(/40 letters and digits/)
  expect(screen.queryByTestId('withdraw')).toBeNull()
})

test('a refusal says why, and that nothing left', async () => {
  mockSee.mockResolvedValueOnce({ ...mockMade, state: 'refused', why: 'The credit is too low. Ask for less.' })
  await shown()
  write('withdraw-amount', '12.50')
  write('withdraw-to', mockTo)
  await act(async () => {
    fireEvent.press(screen.getByTestId('withdraw'))
  })
  await waitFor(() => screen.getByTestId('withdrawal-refused'), { timeout: 20_000 })
  expect(screen.getByText(/your credit is untouched/)).toBeOnTheScreen()
  expect(screen.getByText(/Ask for less/)).toBeOnTheScreen()
})
