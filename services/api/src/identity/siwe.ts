import { randomBytes } from 'node:crypto'
import {
  type Address,
  type Clock,
  type Hex,
  isoTime,
  isWerenodeError,
  type Scope,
  type Store,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import type { PublicClient } from 'viem'
import { parseSiweMessage, validateSiweMessage } from 'viem/siwe'
import { recoverMessageAddress } from 'viem/utils'
import { newAccount } from './accounts.ts'
import type { NonceDoc, WalletDoc } from './collections.ts'
import type { IssuedLogin, Logins } from './logins.ts'

export interface SiweOptions {
  readonly store: Store
  readonly clock: Clock
  readonly logins: Logins
  /** RFC 3986 authority the message must name, e.g. `localhost:8080`. */
  readonly domain: string
  /** The origin the message's URI must be of. */
  readonly origin: string
  readonly chainId: number
  /** Asked about contract wallets (EIP-1271, EIP-6492); without it only externally owned accounts can sign in. */
  readonly publicClient?: Pick<PublicClient, 'verifyMessage'>
}

export interface Siwe {
  nonce(): Promise<{ nonce: string; expiresAt: string }>
  signIn(input: { message: string; signature: Hex; device?: string }): Promise<IssuedLogin>
  /** The account of who signed, made when it is new; for pages that sign in by themselves. */
  identify(input: { message: string; signature: Hex }): Promise<{ accountId: string; address: Address }>
  /** Adds a wallet to an account; throws `conflict` for one that belongs to another. */
  link(accountId: string, input: { message: string; signature: Hex }): Promise<Address>
  sweep(): Promise<void>
}

const nonceMs = 10 * 60_000
/** What everybody who is known may do. */
export const driverScopes: readonly Scope[] = ['catalogue:read', 'sessions:read', 'sessions:write']

/** Sign-In with Ethereum (EIP-4361): one nonce, one sign-in. */
export const createSiwe = (options: SiweOptions): Siwe => {
  const { store, clock, logins, domain, origin, chainId } = options

  const checkMessage = (message: string): { address: Address; nonce: string } => {
    const parsed = parseSiweMessage(message)
    const { address, nonce, uri } = parsed
    const refuse = (why: string): never => {
      throw new WerenodeError('invalid-input', `The sign-in message ${why}`, {
        hint: `Write an EIP-4361 message for domain ${domain}, URI ${origin} and chain ${chainId}, with the nonce of POST /auth/siwe/nonce.`,
      })
    }
    if (!address || !nonce || !uri || parsed.version !== '1') return refuse('is not EIP-4361')
    if (parsed.domain !== domain)
      return refuse(`is for domain "${String(parsed.domain).slice(0, 80)}", not for this node`)
    if (originOf(uri) !== origin) return refuse('is for another address than this node')
    if (parsed.chainId !== chainId) return refuse(`is for chain ${parsed.chainId}, not ${chainId}`)
    if (!validateSiweMessage({ message: parsed, domain, nonce, time: clock() }))
      return refuse('is not valid now: check its expiration and not-before times')
    return { address: address.toLowerCase() as Address, nonce }
  }

  /** Cheap and local for externally owned accounts; the chain is asked only when that fails. */
  const isSignedBy = async (address: Address, message: string, signature: Hex): Promise<boolean> => {
    if (signature.length === 132) {
      // What recovers to nobody may still be a contract's signature; that is asked below.
      const signer = await recoverMessageAddress({ message, signature }).catch(() => undefined)
      if (signer?.toLowerCase() === address) return true
    }
    if (!options.publicClient) return false
    try {
      return await options.publicClient.verifyMessage({ address, message, signature })
    } catch (cause) {
      throw new WerenodeError('chain-unavailable', 'The chain could not be asked about this signature', {
        hint: 'Try again in a moment.',
        cause,
      })
    }
  }

  /** Whose wallet signed this message; the nonce is to be spent in the write that uses it. */
  const prove = async (sent: string, signature: Hex) => {
    // EIP-4361 ends its lines with LF; a form that carries the message turns each into CRLF (HTML, form submission).
    const message = sent.replaceAll('\r\n', '\n')
    const { address, nonce } = checkMessage(message)
    const known = await store.get<NonceDoc>('api_nonces', nonce)
    if (!known || known.expiresAt <= isoTime(clock())) throw badNonce()
    if (!(await isSignedBy(address, message, signature)))
      throw new WerenodeError('signature-invalid', `The signature is not of ${address}`, {
        hint: 'Sign the message exactly as it was sent, with the account it names.',
      })
    return {
      address,
      spend: { op: 'delete', in: 'api_nonces', id: nonce, rev: known._rev } as const,
      isSpent: async () => (await store.get('api_nonces', nonce)) === undefined,
    }
  }

  const accountOf = async (address: Address) => {
    const wallet = await store.get<WalletDoc>('api_wallets', address)
    if (wallet) return { accountId: wallet.accountId, ops: [] }
    return newAccount(address, clock())
  }

  /** Spends the nonce, makes the account when it is new, and writes what comes with it, all in one. */
  const proven = async <T>(
    message: string,
    signature: Hex,
    make: (who: { accountId: string; address: Address }) => { result: T; ops: readonly WriteOp[] },
  ): Promise<T> => {
    const { address, spend, isSpent } = await prove(message, signature)
    // Two first sign-ins of one wallet at once: the second finds the first's account.
    for (let attempt = 0; ; attempt += 1) {
      const { accountId, ops } = await accountOf(address)
      const made = make({ accountId, address })
      try {
        await store.write([spend, ...ops, ...made.ops])
        return made.result
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        if (attempt > 1 || (await isSpent())) throw badNonce()
      }
    }
  }

  return {
    async nonce() {
      const doc: NonceDoc = {
        _id: randomBytes(16).toString('hex'),
        expiresAt: isoTime(new Date(clock().getTime() + nonceMs)),
      }
      await store.write([{ op: 'insert', in: 'api_nonces', doc }])
      return { nonce: doc._id, expiresAt: doc.expiresAt }
    },

    signIn: ({ message, signature, device }) =>
      proven(message, signature, ({ accountId, address }) => {
        const { doc, issued } = logins.draft({
          accountId,
          address,
          scopes: driverScopes,
          ...(device === undefined ? {} : { device: device.slice(0, 200) }),
        })
        return { result: issued, ops: [{ op: 'insert', in: 'api_logins', doc }] }
      }),

    identify: ({ message, signature }) => proven(message, signature, (who) => ({ result: who, ops: [] })),

    async link(accountId, { message, signature }) {
      const { address, spend } = await prove(message, signature)
      const taken = await store.get<WalletDoc>('api_wallets', address)
      if (taken?.accountId === accountId) return address
      const doc: WalletDoc = { _id: address, accountId, createdAt: isoTime(clock()) }
      try {
        await store.write([spend, { op: 'insert', in: 'api_wallets', doc }])
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        throw new WerenodeError(
          'conflict',
          `The wallet ${address} belongs to another account, or this was sent twice`,
          {
            hint: 'Sign in with that wallet, or link another one.',
          },
        )
      }
      return address
    },

    async sweep() {
      for (;;) {
        const { items } = await store.find('api_nonces', { expiresAt: { $lte: isoTime(clock()) } }, { limit: 500 })
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: 'api_nonces', id: _id })))
      }
    },
  }
}

const originOf = (uri: string): string | undefined => (URL.canParse(uri) ? new URL(uri).origin : undefined)

const badNonce = (): WerenodeError =>
  new WerenodeError('not-authenticated', 'The nonce of the sign-in message is not good any more', {
    hint: 'Get a new one at POST /auth/siwe/nonce and sign again.',
  })
