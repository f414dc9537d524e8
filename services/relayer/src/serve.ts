import { randomUUID } from 'node:crypto'
import { type SigningDomain, sessionIdOf } from '@werenode/chain'
import {
  answer,
  type ChainIntent,
  type ChainNetwork,
  parseAddress,
  termsFromWire,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import { readCredit, readSession } from './contracts/read-escrow.ts'
import { readEvse } from './contracts/read-registry.ts'
import { isSignedOnChain } from './contracts/signed-by.ts'
import { readLastStatement, verifyStatement } from './contracts/statements.ts'
import { createWithdrawals } from './contracts/withdrawals.ts'
import { judgeHealth } from './health.ts'
import type { Checkpoint } from './indexer/checkpoint.ts'
import type { QueueContext } from './queue/context.ts'
import { createSubmit } from './queue/submit.ts'
import type { RelayerAccounts } from './signing/accounts.ts'
import { createSignedOnce } from './signing/once.ts'
import { checkPublication } from './signing/policy.ts'
import { createSigner, issuerLeft } from './signing/sign.ts'
import type { Turns } from './turns.ts'

/** Answers everything the house asks of the relayer. Returns how to stop. */
export const serveRequests = (deps: {
  readonly context: QueueContext
  readonly checkpoint: Checkpoint
  readonly turns: Turns
  readonly accounts: RelayerAccounts
  readonly domain: SigningDomain
  readonly facts: ChainNetwork
}): readonly Unsubscribe[] => {
  const { context, checkpoint, turns, accounts, domain } = deps
  const { bus, store, clock, settings, network, reader } = context

  const submit = createSubmit({
    store,
    clock,
    sessionIdOf: (intent) => {
      if (!('terms' in intent)) return undefined
      // The contract itself refuses a receipt of another session.
      const { receipt } = intent as { receipt?: { sessionId: string } }
      return receipt?.sessionId ?? sessionIdOf(termsFromWire(intent.terms), domain)
    },
    onQueued: turns.wake,
  })

  /** The newest block that is deep enough; undefined: the newest there is. */
  const deepBlock = async (): Promise<bigint | undefined> => {
    if (settings.depth === 0) return undefined
    const { number } = await reader.head()
    return number > BigInt(settings.depth) ? number - BigInt(settings.depth) : 0n
  }

  const signed = createSignedOnce(store)
  const withdrawals = createWithdrawals(context, domain, submit)
  return [
    answer(bus, 'relayer.submit', async ({ key, intent }) => {
      if (intent?.kind === 'faucet') checkFaucet(context, intent)
      if (intent?.kind === 'publish') checkPublication({ network, accounts, settings, domain }, intent.publication)
      return submit(key, intent)
    }),
    answer(bus, 'relayer.sign', createSigner({ network, accounts, settings, domain }, signed, clock)),
    answer(bus, 'relayer.issuerLeft', async () => ({
      leftMicro: (await issuerLeft(settings.issuerDailyCapMicro, signed, clock)).toString(),
    })),
    answer(bus, 'relayer.network', async () => deps.facts),
    answer(bus, 'relayer.health', async () =>
      judgeHealth(
        {
          head: turns.head(),
          lastTurnAtMs: turns.lastTurnAtMs(),
          told: checkpoint.number,
          unmined: context.active.size,
          oldestUnminedMs: oldest(context.active),
          mood: context.mood,
          onDemand: network.onDemand,
        },
        settings,
        clock,
      ),
    ),
    answer(bus, 'relayer.session', async ({ sessionId }) => {
      const block = await deepBlock()
      const { status, heldMicro } = await readSession(reader, network, sessionId, block)
      const blockNumber = block ?? turns.head()?.number ?? 0n
      return { status, heldMicro: heldMicro.toString(), blockNumber: blockNumber.toString() }
    }),
    answer(bus, 'relayer.credit', async ({ account }) => {
      const found = await readCredit(reader, network, parseAddress(account), await deepBlock())
      return {
        creditMicro: found.creditMicro.toString(),
        walletMicro: found.walletMicro.toString(),
        withdrawNonce: found.withdrawNonce.toString(),
      }
    }),
    answer(bus, 'relayer.withdraw', withdrawals.take),
    answer(bus, 'relayer.withdrawal', withdrawals.see),
    answer(bus, 'relayer.evses', async ({ evseIdHashes }) => ({
      items: await Promise.all(evseIdHashes.slice(0, 100).map((hash) => readEvse(reader, network, hash))),
    })),
    answer(bus, 'relayer.signedBy', async ({ account, digest, signature }) => ({
      valid: await isSignedOnChain(context.rpc, parseAddress(account), digest, signature),
    })),
    answer(bus, 'relayer.lastStatement', ({ payerId, payeeId }) =>
      readLastStatement(reader, network, payerId, payeeId),
    ),
    answer(bus, 'relayer.verifyStatement', (ask) =>
      verifyStatement({ rpc: context.rpc, reader, network, domain }, ask),
    ),
    answer(bus, 'relayer.faucet', async ({ account, amountMicro }) => {
      const intent = { kind: 'faucet', account, amountMicro } as const
      checkFaucet(context, intent)
      return { key: (await submit(`faucet:${account}:${randomUUID()}`, intent)).key }
    }),
  ]
}

const oldest = (active: QueueContext['active']): number | undefined => {
  const times = [...active.values()].map((slot) => slot.versions[0]!.atMs)
  return times.length === 0 ? undefined : Math.min(...times)
}

const checkFaucet = (
  { network, settings }: Pick<QueueContext, 'network' | 'settings'>,
  intent: Extract<ChainIntent, { kind: 'faucet' }>,
): void => {
  if (!network.local)
    throw new WerenodeError('not-allowed', 'There is no faucet on this network', {
      hint: 'Faucets are for local and test networks; deposit real tokens here.',
    })
  parseAddress(intent.account)
  const amount = /^[1-9]\d{0,18}$/.test(intent.amountMicro) ? BigInt(intent.amountMicro) : 0n
  if (amount <= 0n || amount > settings.faucetCapMicro)
    throw new WerenodeError('invalid-input', `The faucet gives up to ${settings.faucetCapMicro} micro-euro a call`, {
      hint: 'Ask for a smaller amount, as a decimal string of micro-euro.',
    })
}
