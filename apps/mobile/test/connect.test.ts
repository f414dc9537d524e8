import { verifyMessage, verifyTypedData } from 'viem'
import { type Connector, createConnector } from '../src/wallet/connect'
import { inWords } from '../src/wallet/connect-problem'
import { createOwnWallet } from '../src/wallet/own-wallet'
import { wordsOf } from '../src/words/words'
import { createRelay, serveRelay } from './relay/relay'
import { openWallet } from './relay/wallet'
import { textStore } from './stand-ins'

// The library leaves clocks of five minutes running; none of them is to hold this process.
for (const name of ['setTimeout', 'setInterval'] as const) {
  const real = globalThis[name] as (...args: readonly unknown[]) => NodeJS.Timeout
  Object.assign(globalThis, { [name]: (...args: readonly unknown[]) => real(...args).unref() })
}

const chainId = 31_337
const relay = createRelay()
let served: Awaited<ReturnType<typeof serveRelay>>
let wallet: Awaited<ReturnType<typeof openWallet>>
let connector: Connector
const ended = jest.fn()
// One core in one app: said once by the library for the second client of this process.
beforeAll(
  () => void jest.spyOn(console, 'warn').mockImplementation((words) => expect(words).toMatch(/already initialized/)),
)
const limits = { relayMs: 20_000, answerMs: 30_000 }
// Jest runs no import() of its own; what is loaded is the same.
const load = async () => require('@walletconnect/sign-client').default

/** One person with one wallet, and the app: both over the wire of a relay on this machine. */
beforeAll(async () => {
  served = await serveRelay(relay)
  wallet = await openWallet(served.url)
  connector = createConnector({ projectId: 'a-project', relayUrl: served.url, load, limits, onEnded: ended })
})
afterAll(async () => {
  await wallet.close()
  await served.stop()
})
beforeEach(() => Object.assign(wallet.manner, { pairing: 'agrees', signing: 'agrees', chains: undefined }))

/** The person holds the wallet before the code as soon as there is one. */
const pair = (part: { signal?: AbortSignal; using?: Connector } = {}) => {
  const shown: (string | undefined)[] = []
  const done = (part.using ?? connector).pair({
    chainId,
    show: (address) => {
      shown.push(address)
      if (address !== undefined) void wallet.scan(address)
    },
    ...(part.signal ? { signal: part.signal } : {}),
  })
  return { done, shown }
}
const said = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing went wrong',
    (error: unknown) => {
      const { what, todo } = wordsOf('en').say(error)
      return `${what} ${todo}`
    },
  )
const until = async (isSo: () => boolean): Promise<void> => {
  const over = Date.now() + 20_000
  while (!isSo()) {
    if (Date.now() > over) throw new Error('It did not come to be so.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const typed = {
  domain: { name: 'Werenode', version: '1', chainId, verifyingContract: `0x${'aa'.repeat(20)}` },
  types: {
    Terms: [
      { name: 'maxAmount', type: 'uint256' },
      { name: 'evse', type: 'string' },
    ],
  },
  primaryType: 'Terms',
  message: { maxAmount: 25_000_000n, evse: 'FR*WRN*E000001' },
} as const

test('a wallet is paired by its code, and signs what the app shows', async () => {
  const { done, shown } = pair()
  const pairing = await done
  expect(shown).toEqual([expect.stringMatching(/^wc:[0-9a-f]{64}@2\?.*symKey=[0-9a-f]{64}/), undefined])
  expect(pairing).toMatchObject({ name: 'Pocket', wallet: { address: wallet.address } })
  const { address } = pairing.wallet

  const message = 'Sign in to Werenode, été'
  const signature = await pairing.wallet.signMessage(message)
  expect(await verifyMessage({ address, message, signature })).toBe(true)

  const agreed = await pairing.wallet.signTypedData(typed as never)
  expect(await verifyTypedData({ ...(typed as object), address, signature: agreed } as never)).toBe(true)
  expect(wallet.asked.slice(-2)).toEqual([
    { method: 'personal_sign', chain: `eip155:${chainId}` },
    { method: 'eth_signTypedData_v4', chain: `eip155:${chainId}` },
  ])
  // Proposed, agreed, settled: what went over the wire are the letters of the protocol.
  expect(relay.tags).toEqual(expect.arrayContaining([1100, 1101, 1102, 1103, 1108, 1109]))
})

test('a pairing that holds is found again without a code, and for its own chain alone', async () => {
  expect(await connector.known(chainId)).toMatchObject({ name: 'Pocket', wallet: { address: wallet.address } })
  expect(await connector.known(1)).toBeUndefined()
})

test('a line that broke is held again, and the next signature comes', async () => {
  const pairing = (await connector.known(chainId))!
  served.drop()
  await until(() => served.lines() === 0)
  await until(() => served.lines() === 2)
  await expect(pairing.wallet.signMessage('once more')).resolves.toMatch(/^0x[0-9a-f]{130}$/)
})

test('who declines to sign has signed nothing, and can be asked again', async () => {
  const pairing = (await connector.known(chainId))!
  wallet.manner.signing = 'declines'
  expect(await said(pairing.wallet.signTypedData(typed as never))).toBe(
    'You declined in your wallet. Nothing was signed and nothing is paid. Try again, and confirm it in your wallet.',
  )
  wallet.manner.signing = 'cannot'
  expect(await said(pairing.wallet.signMessage('hello'))).toMatch(/^Your wallet cannot sign what a charge needs\./)
  wallet.manner.signing = 'agrees'
  await expect(pairing.wallet.signMessage('hello')).resolves.toMatch(/^0x/)
})

test('a wallet that says nothing is waited for no longer than a person would', async () => {
  const hasty = createConnector({
    projectId: 'a-project',
    relayUrl: served.url,
    load,
    limits: { relayMs: 20_000, answerMs: 300 },
  })
  wallet.manner.signing = 'is silent'
  const pairing = (await hasty.known(chainId))!
  expect(await said(pairing.wallet.signMessage('hello'))).toBe(
    'Your wallet did not answer in time. Nothing was signed. Open your wallet, then try again.',
  )
  wallet.manner.pairing = 'is silent'
  const { done, shown } = pair({ using: hasty })
  expect(await said(done)).toBe('No wallet answered in time. Connect again and scan the new code.')
  expect(shown.at(-1)).toBeUndefined()
})

test('what waits for the wallet ends with the pairing, which the app is told of', async () => {
  const pairing = (await connector.known(chainId))!
  wallet.manner.signing = 'is silent'
  const asked = wallet.asked.length
  const waiting = said(pairing.wallet.signMessage('hello'))
  await until(() => wallet.asked.length > asked)
  ended.mockClear()
  await wallet.endAll()
  expect(await waiting).toBe('The connection to your wallet is over. Connect it again. Your credit is untouched.')
  expect(ended).toHaveBeenCalled()
  expect(await connector.known(chainId)).toBeUndefined()
  expect(await said(pairing.wallet.signMessage('hello'))).toMatch(/^The connection to your wallet is over\./)
})

test('who declines to pair is not asked twice', async () => {
  wallet.manner.pairing = 'declines'
  const { done, shown } = pair()
  expect(await said(done)).toBe(
    'Your wallet declined the connection. Nothing was shared. Connect again when you want to.',
  )
  expect(shown).toHaveLength(2)
  expect(await connector.known(chainId)).toBeUndefined()
})

test('a wallet on another network is told so, and its pairing is ended', async () => {
  wallet.manner.chains = ['eip155:1']
  expect(await said(pair().done)).toBe(
    'Your wallet named no account on the network of this app. Add or choose the network in your wallet, then connect again.',
  )
  await until(() => wallet.pairings() === 0)
})

test('who goes away waits for nothing, and a wallet that agrees later is told that it is over', async () => {
  const leaving = new AbortController()
  let code = ''
  const done = connector.pair({
    chainId,
    signal: leaving.signal,
    show: (address) => {
      code = address ?? code
      if (address !== undefined) leaving.abort()
    },
  })
  await expect(done).rejects.toMatchObject({ reason: 'left' })
  await wallet.scan(code)
  await until(() => relay.tags.filter((tag) => tag === 1112).length > 0 && wallet.pairings() === 0)
})

test('a relay that is away is said to be', async () => {
  const lost = createConnector({
    projectId: 'a-project',
    load: async () =>
      ({
        init: (options: object) =>
          load().then((library) =>
            library.init({ ...options, relayUrl: 'ws://127.0.0.1:9', customStoragePrefix: 'lost' }),
          ),
      }) as never,
    limits: { relayMs: 500, answerMs: 500 },
  })
  expect(await said(lost.pair({ chainId, show: () => undefined }))).toBe(
    'The relay of WalletConnect cannot be reached. Look at your network, then try again.',
  )
})

describe('the wallet that pays', () => {
  test('is kept over restarts, asks in words, ends when the person ends it, and is lost when the wallet ends it', async () => {
    const text = textStore()
    const open = () => createOwnWallet({ text, connector: () => connector })
    const own = open()
    await own.connect({ chainId, show: (address) => address !== undefined && void wallet.scan(address) })
    expect(own.state().card).toEqual({ address: wallet.address, chainId, name: 'Pocket' })

    const again = open()
    expect(again.state().card?.name).toBe('Pocket')
    const seen: boolean[] = []
    again.subscribe(() => seen.push(again.state().isAsked))
    await expect(again.wallet()!.signMessage('hello')).resolves.toMatch(/^0x/)
    expect(seen).toEqual([true, false])

    await again.end()
    expect(again.state().card).toBeUndefined()
    expect(again.wallet()).toBeUndefined()
    await until(() => wallet.pairings() === 0)
    // The other copy finds out when it is asked.
    expect(await said(own.wallet()!.signMessage('hello'))).toMatch(/^The connection to your wallet is over\./)
    expect(own.state()).toEqual({ card: undefined, isAsked: false, isLost: true })
    own.heard()
    expect(own.state().isLost).toBe(false)
  })

  test('without a project id nothing is loaded, and what is damaged is as if it had not been', async () => {
    const text = textStore()
    text.setItem('werenode:own-wallet', '{half')
    const own = createOwnWallet({ text, connector: () => undefined })
    expect(own.state().card).toBeUndefined()
    await expect(own.connect({ chainId, show: () => undefined })).rejects.toMatchObject({ reason: 'away' })
  })
})

test('every reason has its sentence in each language', () => {
  for (const locale of ['en', 'fr'] as const) {
    const { say } = wordsOf(locale)
    for (const error of [
      { code: 5000 },
      { code: 5101 },
      { code: 6000 },
      { message: 'Socket stalled' },
      { message: 'odd' },
    ]) {
      const { what, todo } = say(inWords(error, 'declined'))
      expect(`${what} ${todo}`).toMatch(/^[A-Z].{10,}[.d] [A-Z].{10,}\.$/)
    }
  }
})
