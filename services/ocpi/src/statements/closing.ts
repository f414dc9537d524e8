import {
  type Address,
  ask,
  type Bus,
  type Clock,
  type EventEnvelope,
  faultPoint,
  type Hex,
  isWerenodeError,
  type RoamingStatementView,
  type Unsubscribe,
  WerenodeError,
  type WireStatement,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { Partner } from '../collections.ts'
import type { Call } from '../http/call.ts'
import { type Answer, invalid } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import { partyKey } from '../http/routing.ts'
import { sameButForTime } from '../objects/same.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import type { Turnstile } from '../partners/one-at-a-time.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import { disagreements, openReasons, otherChain, statementOf } from './agree.ts'
import { type Books, inTheWay, isClosed, refuseInTheWay, type StatementDoc } from './books.ts'
import { statementDoor } from './held.ts'
import { type OperatorOnChain, operatorOnChain, type Proposal, proposal, type Verdict, verdict } from './proposal.ts'

/** A period laid out, and the CDRs that count in it. */
export interface LaidOut {
  readonly view: RoamingStatementView
  readonly cdrs: readonly string[]
}

const intentPrefix = 'statement:'

/**
 * Closing a period with a partner: both lay the same CDRs beside each other, both sign the net, whoever owes it pays on chain. What we
 * sign is durable before it is sent; asked again, each step answers what it answered. See docs/decisions/080.
 */
export const createClosing = (deps: {
  bus: Bus
  clock: Clock
  log: Logger
  books: Books
  turnstile: Turnstile
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  /** The period with what came late for earlier ones. */
  layOut: (partner: Partner, from: string, to: string) => Promise<LaidOut>
  /** Both sides stand by it: tells what we invoice by it. The same again changes nothing. */
  onClosed: (doc: StatementDoc) => Promise<void>
}) => {
  const { bus, clock, log, books } = deps
  let unsubscribe: Unsubscribe | undefined

  /** Who we are on which chain. @throws WerenodeError no-responder where this node has no relayer. */
  const ourselves = async (): Promise<OperatorOnChain> => {
    const network = await ask(bus, 'relayer.network', {})
    return {
      chain_id: network.chainId,
      escrow: network.escrow,
      token: network.token,
      operator_id: network.operatorId,
    }
  }

  const theirOperator = async (partner: Partner, door: string): Promise<OperatorOnChain> => {
    const answer = await deps.call(partner._id, { method: 'GET', url: `${door}/operator` })
    const read = accept(operatorOnChain, answer.data)
    if (answer.ok && read.ok && check(operatorOnChain, read.value).length === 0) return read.value
    throw cannot(partner, answer.trouble ?? 'it does not say who it is on chain')
  }

  const sign = async (statement: WireStatement): Promise<{ signer: Address; signature: Hex }> =>
    ask(bus, 'relayer.sign', { what: 'statement', statement })

  const lastPaid = async (us: OperatorOnChain, them: OperatorOnChain, view: RoamingStatementView) => {
    const weAreOwed = BigInt(view.netMicro) > 0n
    const [payer, payee] = weAreOwed ? [them, us] : [us, them]
    return ask(bus, 'relayer.lastStatement', {
      payerId: payer.operator_id as Hex,
      payeeId: payee.operator_id as Hex,
    })
  }

  /** Why a partner's signature does not bind it; undefined when it does. */
  const notBinding = async (
    partner: Partner,
    statement: WireStatement,
    theirs: { signer: string; signature: string },
    payer: 'us' | 'them',
  ): Promise<string | undefined> => {
    const found = await ask(bus, 'relayer.verifyStatement', {
      statement,
      side: payer === 'them' ? 'payer' : 'payee',
      signer: theirs.signer as Address,
      signature: theirs.signature as Hex,
    })
    if (!found.valid) return found.reason ?? 'The signature is not valid'
    if (partner.roles.some((role) => partyKey(role) === found.party)) return undefined
    return `On chain, that operator is ${found.party}, which is not a party of this partner`
  }

  /** Hands the payment to the relayer, once per attempt. */
  const pay = async (doc: StatementDoc): Promise<void> => {
    const { statement, ourSigner: signer, ourSignature: signature } = doc
    if (doc.payer !== 'us' || statement === undefined || signer === undefined || signature === undefined) return
    await ask(bus, 'relayer.submit', {
      key: `${intentPrefix}${doc.attempt ?? 0}:${doc._id}`,
      intent: { kind: 'payStatement', statement, signer, signature },
    })
  }

  /** Keeps that both sides stand by it. */
  const putClosed = async (doc: Omit<StatementDoc, '_id'>): Promise<StatementDoc> => {
    const kept = await books.put(doc)
    await deps.onClosed(kept)
    return kept
  }

  const closeNow = async (partner: Partner, from: string, to: string): Promise<StatementDoc> => {
    const known = await books.get(partner._id, from, to)
    if (known !== undefined && isClosed(known) && !isStale(known, clock())) return goOn(known)
    refuseInTheWay(inTheWay(await books.ofPartner(partner._id), { from, to }))
    const door = statementDoor(partner)
    if (door === undefined) throw cannot(partner, `it is ${partner.state}`)
    const them = await theirOperator(partner, door)
    const us = await ourselves()
    const elsewhere = otherChain(us, them)
    if (elsewhere !== undefined) throw cannot(partner, `${elsewhere}; both must name one chain, escrow and asset`)
    const { view, cdrs } = await deps.layOut(partner, from, to)
    if (!view.compared) throw cannot(partner, 'it did not tell its side of the period')
    const bare = { partnerId: partner._id, from, to, at: clock().toISOString(), cdrs }
    const open = openReasons(view)
    if (open.length > 0) return books.put({ ...bare, state: 'disputed', reasons: open })

    const last = await lastPaid(us, them, view)
    const statement = freshOf(known, statementOf(view, us, them, last, clock()), clock())
    const payer = BigInt(view.netMicro) > 0n ? 'them' : 'us'
    const signed = statement === undefined ? undefined : await sign(statement)
    const proposed = await books.put({
      ...bare,
      state: 'proposed',
      reasons: [],
      ...(statement === undefined || signed === undefined
        ? {}
        : { payer, statement, ourSigner: signed.signer, ourSignature: signed.signature }),
    })
    faultPoint('ocpi.statement.proposed')
    const answer = await deps.call(partner._id, {
      method: 'POST',
      url: door,
      body: proposalOf(proposed, us, view.root),
    })
    faultPoint('ocpi.statement.answered')
    const read = accept(verdict, answer.data)
    if (!answer.ok || !read.ok || check(verdict, read.value).length > 0)
      return books.put({ ...proposed, reasons: [answer.trouble ?? 'Its answer cannot be read'] })
    return settle(partner, proposed, read.value)
  }

  /** What the partner said to our proposal. */
  const settle = async (partner: Partner, proposed: StatementDoc, said: Verdict): Promise<StatementDoc> => {
    const disputed = (reasons: readonly string[]): Promise<StatementDoc> =>
      books.put({ ...proposed, state: 'disputed', reasons })
    if (said.state === 'disputed') return disputed(said.reasons ?? ['The partner disputes it and does not say why'])
    const { statement, payer } = proposed
    if (statement === undefined || payer === undefined)
      return said.state === 'even' ? putClosed({ ...proposed, state: 'even' }) : disputed([`It said ${said.state}`])
    if (said.state !== 'signed' || said.signer === undefined || said.signature === undefined)
      return disputed(['The partner agreed without a signature'])
    const theirs = { signer: said.signer, signature: said.signature }
    const why = await notBinding(partner, statement, theirs, payer)
    if (why !== undefined) return disputed([why])
    const doc = await putClosed({
      ...proposed,
      state: 'signed',
      theirSigner: theirs.signer as Address,
      theirSignature: theirs.signature as Hex,
    })
    faultPoint('ocpi.statement.signed')
    await pay(doc)
    return doc
  }

  /** A closed period asked for again: an unpaid one is tried anew, all else is as it is. */
  const goOn = async (doc: StatementDoc): Promise<StatementDoc> => {
    await deps.onClosed(doc)
    if (doc.payer !== 'us') return doc
    if (doc.state === 'signed') await pay(doc)
    if (doc.state !== 'unpaid') return doc
    const again = await books.put({ ...doc, state: 'signed', reasons: [], attempt: (doc.attempt ?? 0) + 1 })
    await pay(again)
    return again
  }

  /** A partner closes a period: signed, or disputed with every reason. */
  const answerTo = async (partner: Partner, given: Proposal): Promise<Verdict> => {
    const { from, to } = given
    const found = await books.get(partner._id, from, to)
    const known = found === undefined || isStale(found, clock()) ? undefined : found
    if (known?.state === 'even' || (known !== undefined && isClosed(known) && saysTheSame(known, given)))
      return verdictOf(known)
    const way = known !== undefined && isClosed(known) ? 'The period is closed with another sum' : undefined
    const reasons = [way ?? inTheWay(await books.ofPartner(partner._id), { from, to })].filter(
      (why) => why !== undefined,
    )
    if (reasons.length > 0) return { state: 'disputed', reasons }

    const us = await ourselves()
    const elsewhere = otherChain(us, given.operator)
    if (elsewhere !== undefined) return { state: 'disputed', reasons: [elsewhere] }
    const { view, cdrs } = await deps.layOut(partner, from, to)
    const bare = { partnerId: partner._id, from, to, at: clock().toISOString(), cdrs }
    const dispute = async (why: readonly string[]): Promise<Verdict> => {
      await books.put({ ...bare, state: 'disputed', reasons: why })
      return { state: 'disputed', reasons: why.slice(0, 50) }
    }
    if (!view.compared) return dispute(['The CDRs of the side that proposed could not be read'])
    const open = openReasons(view)
    if (open.length > 0) return dispute(open)
    const last = await lastPaid(us, given.operator, view)
    const ours = statementOf(view, us, given.operator, last, clock())
    const differing = disagreements(given, view, ours, clock())
    if (differing.length > 0) return dispute(differing)
    if (given.statement === undefined || ours === undefined)
      return verdictOf(await putClosed({ ...bare, state: 'even', reasons: [] }))

    const statement: WireStatement = { ...ours, deadline: given.statement.deadline }
    const payer = BigInt(view.netMicro) > 0n ? 'them' : 'us'
    const why = await notBinding(partner, statement, given.statement, payer)
    if (why !== undefined) return dispute([why])
    const { signer, signature } = await sign(statement)
    const doc = await putClosed({
      ...bare,
      state: 'signed',
      reasons: [],
      payer,
      statement,
      ourSigner: signer,
      ourSignature: signature,
      theirSigner: given.statement.signer as Address,
      theirSignature: given.statement.signature as Hex,
    })
    faultPoint('ocpi.statement.countersigned')
    await pay(doc)
    return verdictOf(doc)
  }

  const onEvent = async (event: EventEnvelope): Promise<void> => {
    if (event.type === 'chain.intent') {
      const { key, status, message } = (event as EventEnvelope<'chain.intent'>).data
      if (status !== 'failed' || !key.startsWith(intentPrefix)) return
      const id = key.slice(key.indexOf(':', intentPrefix.length) + 1)
      await books.change(id, (doc) =>
        doc.state === 'signed'
          ? { ...doc, state: 'unpaid', reasons: [message ?? 'The chain refused the payment'] }
          : doc,
      )
      return
    }
    const { name, args, txHash } = (event as EventEnvelope<'chain.log'>).data
    if (name !== 'StatementPaid') return
    const { payerId, payeeId, number, total, root } = args as Readonly<Record<string, string>>
    const found = await books.onChain(payerId!, payeeId!, Number(number))
    if (found === undefined) return
    await books.change(found._id, (doc) => {
      const { statement } = doc
      if (statement?.totalMicro !== total || statement?.root.toLowerCase() !== root?.toLowerCase())
        return {
          ...doc,
          state: 'disputed',
          reasons: [`On chain, statement ${number} paid ${total} micro-euro for the CDRs under ${root}`],
          txHash,
        }
      return { ...doc, state: 'paid', reasons: [], txHash }
    })
  }

  return {
    close: (partner: Partner, from: string, to: string): Promise<StatementDoc> =>
      deps.turnstile.run(
        `statement:${partner._id}`,
        () => closeNow(partner, from, to),
        () => {
          throw new WerenodeError('conflict', `A period with ${partner.name} is being closed right now`, {
            hint: 'Look at the statement in a moment.',
          })
        },
      ),
    ourselves,
    /** What a POST to the statement door is answered. */
    receive: async (call: Call): Promise<Answer> => {
      const given = call.read(proposal) as Proposal
      const [problem] = check(proposal, given)
      if (problem !== undefined) throw invalid(`${problem.path}: ${problem.what}`)
      const said = await deps.turnstile.run(
        `statement:${call.partner._id}`,
        () => answerTo(call.partner, given),
        () => {
          throw invalid('We are closing a period with you at this moment: look at it, then try again')
        },
      )
      return { data: said }
    },
    start: async (): Promise<void> => {
      unsubscribe = await bus.consume({ group: 'ocpi-statements', types: ['chain.log', 'chain.intent'] }, onEvent)
      for (const doc of await books.inState('signed'))
        await pay(doc).catch((error: unknown) => {
          if (!isWerenodeError(error)) throw error
          log.warn({ statement: doc._id, why: error.message }, 'A signed statement could not be handed to the relayer')
        })
    },
    stop: async (): Promise<void> => unsubscribe?.(),
  }
}

/** Signed by both and never paid until its deadline: it is signed anew. */
const isStale = ({ state, statement }: StatementDoc, now: Date): boolean =>
  (state === 'signed' || state === 'unpaid') && statement !== undefined && statement.deadline * 1000 < now.getTime()

const cannot = ({ name }: Partner, why: string): WerenodeError =>
  new WerenodeError('conflict', `The period with ${name} cannot be closed: ${why}`, { hint: 'Nothing was signed.' })

/** A statement that was signed and not answered is proposed again as it was, while it says the same and time is left. */
const freshOf = (
  known: StatementDoc | undefined,
  wanted: WireStatement | undefined,
  now: Date,
): WireStatement | undefined => {
  const before = known?.state === 'proposed' ? known.statement : undefined
  if (before === undefined || wanted === undefined || before.deadline * 1000 < now.getTime() + 86_400_000) return wanted
  return sameButForTime({ ...wanted, deadline: before.deadline }, before) ? before : wanted
}

const proposalOf = (doc: StatementDoc, operator: OperatorOnChain, root: Hex | undefined): Proposal => {
  const { from, to, statement, ourSigner, ourSignature } = doc
  return {
    from,
    to,
    operator,
    ...(root === undefined ? {} : { root }),
    ...(statement === undefined
      ? {}
      : {
          statement: {
            payer_id: statement.payerId,
            payee_id: statement.payeeId,
            number: statement.number,
            period_start: statement.periodStart,
            period_end: statement.periodEnd,
            total: statement.totalMicro,
            deadline: statement.deadline,
            signer: ourSigner!,
            signature: ourSignature!,
          },
        }),
  }
}

const saysTheSame = ({ statement, theirSignature }: StatementDoc, given: Proposal): boolean =>
  statement !== undefined &&
  given.statement?.signature === theirSignature &&
  given.statement?.deadline === statement.deadline &&
  given.statement?.total === statement.totalMicro

const verdictOf = ({ state, ourSigner, ourSignature }: StatementDoc): Verdict =>
  state === 'even' ? { state } : { state: 'signed', signer: ourSigner!, signature: ourSignature! }
