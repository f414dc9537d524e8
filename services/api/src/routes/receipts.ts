import { chargeEscrowAbi, disputeTypedData, escrowDomain, termsStruct } from '@werenode/chain'
import {
  ask,
  type Bus,
  type Clock,
  isoTime,
  isWerenodeError,
  parseSessionId,
  type SessionId,
  type Store,
  termsFromWire,
  unixSeconds,
  WerenodeError,
} from '@werenode/core'
import { encodeFunctionData } from 'viem'
import { createPublicReceipt, noSuchReceipt, type PublicReceipt } from '../charges/public-receipt.ts'
import type { Documents } from '../documents/documents.ts'
import type { Handlers } from '../http/handler.ts'
import { noReceiptPage, receiptPage } from '../pages/receipt-page.ts'
import { chainOrWords } from './chain-or-words.ts'

/** Why a driver does not agree; what becomes of it is the chain's. `_id` is the session's. */
export const disputeCollection = { name: 'api_disputes', indexes: [{ fields: ['party', 'at'] }] } as const

const disputeValidS = 24 * 3_600

export const receiptRoutes = ({
  store,
  bus,
  clock,
  origin,
  documents,
}: {
  store: Store
  bus: Bus
  clock: Clock
  origin: string
  documents: Documents
}): Pick<Handlers, 'getReceipt' | 'showReceipt' | 'disputeSession'> => {
  const read = createPublicReceipt({ store, bus })
  const receiptOf = async (sessionId: SessionId): Promise<PublicReceipt> => {
    try {
      return await chainOrWords(read(sessionId))
    } catch (error) {
      throw isWerenodeError(error) && error.code === 'not-found' ? noSuchReceipt() : error
    }
  }

  return {
    getReceipt: async ({ params: { sessionId } }) => {
      const { view, backing, network, chain, checks, holds } = await receiptOf(sessionId)
      const { party, paid, keyClass, operatorSignature, receiptSignature, cosignature, evidence } = backing
      return {
        holds,
        checks,
        session: view,
        party,
        paid,
        keyClass,
        operatorSignature,
        ...(receiptSignature === undefined ? {} : { receiptSignature }),
        ...(cosignature === undefined ? {} : { cosignature }),
        ...(evidence === undefined ? {} : { evidence }),
        chain: {
          chainId: network.chainId,
          escrow: network.escrow,
          ...(chain ? { status: chain.status, blockNumber: chain.blockNumber } : {}),
        },
        documents: await documents.ofSession(sessionId),
        page: `${origin}/r/${sessionId}`,
      }
    },

    showReceipt: async ({ params, request }) => {
      const language = request.headers['accept-language']
      try {
        return { html: receiptPage(await receiptOf(parseSessionId(params.sessionId)), language) }
      } catch (error) {
        if (!isWerenodeError(error) || (error.code !== 'not-found' && error.code !== 'invalid-input')) throw error
        return { status: 404, html: noReceiptPage(language) }
      }
    },

    disputeSession: async ({ principal, params: { sessionId }, body }) => {
      const view = await ask(bus, 'manager.session', { sessionId }).catch((error: unknown) => {
        throw isWerenodeError(error) && error.code === 'not-found' ? missing(sessionId) : error
      })
      if (view.driver.toLowerCase() !== principal.address) throw missing(sessionId)
      if (!view.receipt || view.state !== 'settling')
        throw new WerenodeError('session-state', `A session that is ${view.state} cannot be disputed`, {
          hint: 'A proposed amount can be disputed until its window closes; before that, do not co-sign.',
        })
      if (BigInt(body.undisputedMicro) >= BigInt(view.receipt.amount))
        throw new WerenodeError('invalid-input', 'What you agree to must be less than the receipt asks for', {
          data: { amountMicro: view.receipt.amount },
        })
      const { chainId, escrow } = await chainOrWords(ask(bus, 'relayer.network', {}))
      const { party } = await ask(bus, 'manager.evidence', { sessionId })
      const { signature = '0x', deadline = unixSeconds(clock()) + disputeValidS } = body
      const undisputedAmount = BigInt(body.undisputedMicro)
      const doc = {
        _id: sessionId,
        party,
        accountId: principal.accountId,
        undisputedMicro: body.undisputedMicro,
        reason: body.reason,
        at: isoTime(clock()),
      }
      await store.write([{ op: 'put', in: disputeCollection.name, doc }])
      const typedData = disputeTypedData({ sessionId, undisputedAmount, deadline }, escrowDomain(chainId, escrow))
      return {
        chainId,
        to: escrow,
        data: encodeFunctionData({
          abi: chargeEscrowAbi,
          functionName: 'dispute',
          args: [termsStruct(termsFromWire(view.terms)), undisputedAmount, deadline, signature],
        }),
        // As JSON, amounts as decimal strings: wallets take them so.
        typedData: JSON.parse(
          JSON.stringify(typedData, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
        ),
        deadline,
      }
    },
  }
}

const missing = (sessionId: SessionId): WerenodeError =>
  new WerenodeError('not-found', `There is no session ${sessionId}`, { hint: 'GET /v1/sessions lists yours.' })
