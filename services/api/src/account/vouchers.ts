import { createHash, randomInt } from 'node:crypto'
import {
  type Address,
  type Bus,
  type Clock,
  isoTime,
  isWerenodeError,
  type Party,
  type Store,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import type { FastifyBaseLogger } from 'fastify'
import type { RedemptionDoc, VoucherDoc } from './things.ts'
import { askFaucet, depositCalls } from './voucher-deposits.ts'

/** No signs that are taken for each other; 16 of 31 are 79 bits. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const newCode = (): string =>
  Array.from(
    { length: 16 },
    (_, index) => `${index > 0 && index % 4 === 0 ? '-' : ''}${signs[randomInt(signs.length)]}`,
  ).join('')
const hashOf = (code: string): string =>
  createHash('sha256')
    .update(`voucher:${code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`)
    .digest('hex')

/**
 * Codes worth some energy credit. Redeeming makes a debt of the party to the driver; the money itself is the chain's: the party's wallet
 * deposits for the beneficiary (`ChargeEscrow.deposit`), or a test network's faucet does. Paid is what the chain says is paid
 * (voucher-deposits.ts).
 */
export const createVouchers = ({
  store,
  bus,
  clock,
  log,
}: {
  store: Store
  bus: Bus
  clock: Clock
  log: Pick<FastifyBaseLogger, 'warn'>
}) => ({
  /** The code is told once and kept as a hash only. */
  async create(
    party: Party,
    wish: { label: string; amountMicro: string; uses: number; until?: string },
    also: readonly WriteOp[],
  ): Promise<{ code: string; voucher: VoucherDoc }> {
    const code = newCode()
    const voucher: VoucherDoc = { _id: hashOf(code), party, ...wish, used: 0, createdAt: isoTime(clock()) }
    await store.write([{ op: 'insert', in: 'api_vouchers', doc: voucher }, ...also])
    return { code, voucher }
  },

  list: async (party: Party) =>
    (await store.find<VoucherDoc>('api_vouchers', { party }, { sort: [['createdAt', -1]], limit: 1_000 })).items,

  due: async (party: Party) =>
    (await store.find<RedemptionDoc>('api_redemptions', { party }, { sort: [['at', -1]], limit: 1_000 })).items,

  /** What the party's wallet sends to pay what is due. */
  deposits: (party: Party) => depositCalls({ store, bus }, party),

  async redeem(who: { accountId: string; address: Address }, code: string): Promise<RedemptionDoc> {
    for (;;) {
      const voucher = await store.get<VoucherDoc>('api_vouchers', hashOf(code))
      const now = isoTime(clock())
      if (!voucher) throw new WerenodeError('not-found', 'There is no such voucher', { hint: 'Check the code.' })
      const _id = `${voucher._id} ${who.accountId}`
      if (await store.get('api_redemptions', _id))
        throw new WerenodeError('conflict', 'You have redeemed this voucher already')
      if (voucher.used >= voucher.uses || (voucher.until !== undefined && voucher.until <= now))
        throw new WerenodeError('gone', 'This voucher is used up or too old')
      const { _rev, ...rest } = voucher
      const redemption: RedemptionDoc = {
        _id,
        party: voucher.party,
        voucher: voucher._id,
        accountId: who.accountId,
        beneficiary: who.address,
        amountMicro: voucher.amountMicro,
        at: now,
        state: 'due',
      }
      try {
        await store.write([
          { op: 'replace', in: 'api_vouchers', doc: { ...rest, used: voucher.used + 1 } as VoucherDoc, rev: _rev },
          { op: 'insert', in: 'api_redemptions', doc: redemption },
        ])
      } catch (error) {
        if (isWerenodeError(error) && error.code === 'conflict') continue
        throw error
      }
      // Durable now: where the chain is away, whoever sweeps asks the faucet.
      await askFaucet({ store, bus }, { _id }).catch((error: unknown) => {
        if (!isWerenodeError(error)) throw error
        log.warn({ err: error }, 'a voucher could not be paid yet; trying again later')
      })
      return redemption
    }
  },
})
