import { escrowDomain, receiptTypedData, sessionIdOf, termsTypedData } from '@werenode/chain'
import {
  type ChainNetwork,
  type Quote,
  receiptFromWire,
  type SessionView,
  terminalStates,
  termsFromWire,
} from '@werenode/core'
import type { SignTypedDataParameters } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import { pause } from './server.ts'

/** How a charge ended, from the driver's side. */
export type DriverOutcome = SessionView | { readonly state: 'given-up'; readonly why: string }

/**
 * A driver's device that never gives up: it speaks bare HTTP, so that this harness leans on nothing it should test, and repeats every
 * call until the server is there again. Signed terms are sent again as they are: the same terms are the same session.
 */
export const createDriver = (
  origin: string,
  isOver: () => boolean,
  /** `address`: where the driver seems to come from, to a server that trusts its load balancer. */
  { address, pollMs = 150 }: { address?: string; pollMs?: number } = {},
) => {
  const account = privateKeyToAccount(generatePrivateKey())
  let token = ''
  let network: ChainNetwork | undefined

  class Refused extends Error {
    readonly status: number
    readonly code: string
    constructor(status: number, problem: { code?: string; detail?: string } | undefined) {
      super(problem?.detail ?? `HTTP ${status}`)
      this.status = status
      this.code = problem?.code ?? 'unknown'
    }
  }

  const once = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(origin + path, {
      method,
      signal: AbortSignal.timeout(15_000),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(address === undefined ? {} : { 'x-forwarded-for': address }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = text === '' ? undefined : JSON.parse(text)
    if (!response.ok) throw new Refused(response.status, json)
    return json as T
  }

  /** Repeats while the server is away, busy or being killed; a refusal that means something is thrown. */
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    for (;;) {
      try {
        return await once<T>(method, path, body)
      } catch (error) {
        // A login lasts a quarter of an hour, a long run longer.
        const loginEnded = error instanceof Refused && error.status === 401 && token !== ''
        if (loginEnded && !isOver()) {
          await signIn()
          continue
        }
        const final = error instanceof Refused && error.status < 500 && error.status !== 429
        if (final || isOver()) throw error
        await pause(150 + Math.random() * 200)
      }
    }
  }

  const signIn = async (): Promise<void> => {
    token = ''
    network ??= await call<ChainNetwork>('GET', '/v1/network')
    for (let attempt = 0; ; attempt += 1) {
      const { nonce } = await call<{ nonce: string }>('POST', '/auth/siwe/nonce', {})
      const message = createSiweMessage({
        domain: new URL(origin).host,
        address: account.address,
        chainId: network.chainId,
        nonce,
        uri: origin,
        version: '1',
        issuedAt: new Date(),
      })
      try {
        const login = await call<{ accessToken: string }>('POST', '/auth/siwe', {
          message,
          signature: await account.signMessage({ message }),
        })
        token = login.accessToken
        return
      } catch (error) {
        // The answer to a sign-in that worked was lost with the server: its nonce is used up, a new one is not.
        if (isOver() || attempt > 10) throw error
        await pause(100)
      }
    }
  }

  const credit = async (): Promise<bigint> =>
    BigInt((await call<{ creditMicro: string }>('GET', '/v1/credit')).creditMicro)

  return {
    address: account.address,
    /** Signs in and fills the credit with test euro. */
    prepare: async (): Promise<ChainNetwork> => {
      await signIn()
      while ((await credit()) < 500_000_000n) {
        await call('POST', '/v1/faucet', { amountMicro: '1000000000' })
        for (let wait = 0; wait < 40 && (await credit()) < 500_000_000n; wait += 1) await pause(250)
      }
      return network!
    },
    /**
     * One charge from quote to the end; takes `energyWh`, then stops and co-signs. A driver who is `late` signs only what the operator
     * has proposed on chain without them (#12).
     */
    charge: async (evseId: string, energyWh: number, late = false): Promise<DriverOutcome> => {
      const sessionKey = privateKeyToAccount(generatePrivateKey())
      const { chainId, escrow } = network!
      const domain = escrowDomain(chainId, escrow)
      try {
        const quote = await call<Quote>('POST', '/v1/quotes', {
          evseId,
          connector: 1,
          sessionKey: sessionKey.address,
          source: 'Credit',
        })
        const terms = termsFromWire(quote.terms)
        const id = sessionIdOf(terms, domain)
        const driverSignature = await account.signTypedData(
          termsTypedData(terms, domain) as unknown as SignTypedDataParameters,
        )
        await call('POST', '/v1/sessions', {
          terms: quote.terms,
          operatorSignature: quote.operatorSignature,
          driverSignature,
        })
        let asked = false
        for (;;) {
          const view = await call<SessionView>('GET', `/v1/sessions/${id}`)
          if (terminalStates.has(view.state)) return view
          if (!asked && view.energyWh >= energyWh) {
            await call('POST', `/v1/sessions/${id}/stop`, {})
            asked = true
          }
          if (view.receipt !== undefined && !view.cosigned && (!late || view.state === 'settling')) {
            const signature = await sessionKey.signTypedData(
              receiptTypedData(receiptFromWire(view.receipt), domain) as unknown as SignTypedDataParameters,
            )
            await call('POST', `/v1/sessions/${id}/cosign`, { signature })
          }
          await pause(pollMs)
        }
      } catch (error) {
        return { state: 'given-up', why: error instanceof Refused ? `${error.code}: ${error.message}` : String(error) }
      }
    },
  }
}
