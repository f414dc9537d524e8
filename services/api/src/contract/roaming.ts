import { z } from 'zod'
import type { Contract } from './contract.ts'
import { address, hash, isoTime, signature } from './schemas/primitives.ts'
import { ofRoaming as ofParty, roamingPartner as onePartner, roamingPartnerId as partnerId } from './schemas/roaming.ts'

const signedMicro = z.string().regex(/^-?\d{1,30}$/)
const words = (most: number) => z.string().trim().min(1).max(most)

const partner = z
  .object({
    id: partnerId,
    name: z.string(),
    state: z.enum(['invited', 'registering', 'registered', 'unregistered']),
    version: z.exactOptional(z.string()).meta({ description: 'OCPI version agreed on.', example: '2.3.0' }),
    versionsUrl: z.exactOptional(z.string()),
    parties: z.array(z.string()).meta({ example: ['NL*TWO (CPO)'] }),
    modules: z.array(z.string()),
    paused: z.boolean(),
    waiting: z.int().meta({ description: 'Objects that wait to be pushed.' }),
    refused: z.int().meta({ description: 'Objects the partner refuses.' }),
    registeredAt: z.exactOptional(isoTime),
    lastTroubles: z.array(z.object({ at: isoTime, about: z.string(), message: z.string() })),
    deviations: z.array(z.object({ about: z.string(), kind: z.string(), path: z.string(), count: z.int() })),
  })
  .meta({ id: 'RoamingPartner', description: 'A platform this node roams with by OCPI.' })

const check = z
  .object({ ok: z.boolean(), steps: z.array(z.object({ what: z.string(), ok: z.boolean(), words: z.string() })) })
  .meta({ id: 'RoamingCheck', description: 'What a look at a partner found, in words that can be sent to it.' })

const closing = z
  .object({
    state: z.enum(['proposed', 'signed', 'unpaid', 'paid', 'even', 'disputed']),
    at: isoTime,
    reasons: z.array(z.string()).meta({ description: 'Why it is disputed or unpaid, in sentences.' }),
    payer: z.exactOptional(z.enum(['us', 'them'])),
    statement: z.exactOptional(
      z.object({
        payerId: hash,
        payeeId: hash,
        token: address,
        number: z.int(),
        periodStart: z.int(),
        periodEnd: z.int(),
        totalMicro: signedMicro,
        root: hash,
        deadline: z.int(),
      }),
    ),
    ourSignature: z.exactOptional(signature),
    theirSignature: z.exactOptional(signature),
    txHash: z.exactOptional(hash),
  })
  .meta({ id: 'RoamingStatementClosing', description: 'What became of a closed period.' })

const statement = z
  .object({
    partnerId,
    from: isoTime,
    to: isoTime,
    compared: z.boolean().meta({ description: 'The partner told its side, and both were compared.' }),
    weBilledMicro: signedMicro,
    theyBilledMicro: signedMicro,
    netMicro: signedMicro.meta({ description: 'Positive: the partner pays.' }),
    openMicro: signedMicro.meta({ description: 'Billed and not agreed, either way.' }),
    root: z.exactOptional(hash),
    lines: z.array(
      z.object({
        issuer: z.enum(['us', 'them']),
        cdrId: z.string(),
        endedAt: z.string(),
        energyWh: z.int(),
        amountMicro: signedMicro,
        state: z.enum(['agreed', 'contested', 'differs', 'missing-here', 'missing-there', 'own']),
        theirAmountMicro: z.exactOptional(signedMicro),
        findings: z.array(z.string()),
      }),
    ),
    closing: z.exactOptional(closing),
  })
  .meta({ id: 'RoamingStatement', description: 'What a period of roaming comes to between two parties.' })

/** What an operator does with the partners this node roams with. */
export const roamingContracts = {
  listRoamingPartners: {
    summary: 'List roaming partners: state, what waits, last errors in words',
    tag: 'roaming',
    params: ofParty,
    answer: { status: 200, words: 'Partners.', schema: z.object({ items: z.array(partner) }) },
    errors: ['not-found', 'no-responder'],
  },
  addRoamingPartner: {
    summary: 'Register with a partner that gave its versions URL and a registration token',
    description: 'The same URL again tries again. Says in words what is wrong where it does not succeed.',
    tag: 'roaming',
    params: ofParty,
    body: z.strictObject({
      url: words(255).meta({ description: 'Its versions endpoint.', example: 'https://partner.example/ocpi/versions' }),
      token: words(255).meta({ description: 'CREDENTIALS_TOKEN_A, as the partner wrote it.' }),
      name: z.exactOptional(words(100)),
    }),
    answer: { status: 201, words: 'Registered.', schema: partner },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  inviteRoamingPartner: {
    summary: 'Let a partner register with this node',
    description: 'Answers what to send it, over a safe way. The token is shown once.',
    tag: 'roaming',
    params: ofParty,
    body: z.strictObject({ name: words(100) }),
    answer: {
      status: 201,
      words: 'An invitation.',
      schema: z.object({ id: partnerId, url: z.string(), token: z.string() }),
    },
    errors: ['not-found', 'no-responder'],
  },
  getRoamingPartner: {
    summary: 'See a roaming partner',
    tag: 'roaming',
    params: onePartner,
    answer: { status: 200, words: 'The partner.', schema: partner },
    errors: ['not-found', 'no-responder'],
  },
  removeRoamingPartner: {
    summary: 'End the connection with a partner; its tokens end at once',
    tag: 'roaming',
    params: onePartner,
    answer: { status: 204, words: 'Ended.' },
    errors: ['not-found', 'conflict', 'no-responder'],
  },
  testRoamingPartner: {
    summary: 'Test the connection with a partner',
    tag: 'roaming',
    params: onePartner,
    answer: { status: 200, words: 'What was found.', schema: check },
    errors: ['not-found', 'no-responder', 'timeout'],
  },
  checkRoamingPartner: {
    summary: 'Look at all a partner offers and say what is wrong on its side',
    tag: 'roaming',
    params: onePartner,
    answer: { status: 200, words: 'What was found.', schema: check },
    errors: ['not-found', 'no-responder', 'timeout'],
  },
  resendToRoamingPartner: {
    summary: 'Send again now what a partner is owed',
    tag: 'roaming',
    params: onePartner,
    body: z.strictObject({ which: z.enum(['waiting', 'refused', 'all']).default('all') }),
    answer: { status: 200, words: 'How many objects.', schema: z.object({ count: z.int() }) },
    errors: ['not-found', 'no-responder'],
  },
  pauseRoamingPartner: {
    summary: 'Hold pushes to a partner back, or let them go again',
    tag: 'roaming',
    params: onePartner,
    body: z.strictObject({ paused: z.boolean() }),
    answer: { status: 200, words: 'The partner.', schema: partner },
    errors: ['not-found', 'no-responder'],
  },
  rotateRoamingPartner: {
    summary: 'Renew the tokens of both sides',
    tag: 'roaming',
    params: onePartner,
    answer: { status: 200, words: 'The partner.', schema: partner },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  getRoamingStatement: {
    summary: 'See what a period with a partner comes to, to the cent, with every disagreement',
    description: 'Charges that ended at `from` or later and before `to`. The partner is asked for its side.',
    tag: 'roaming',
    params: onePartner,
    query: z.strictObject({ from: isoTime, to: isoTime }),
    answer: { status: 200, words: 'The statement.', schema: statement },
    errors: ['not-found', 'no-responder', 'timeout'],
  },
  closeRoamingStatement: {
    summary: 'Close a period with a partner: both sign the net, whoever owes it pays on chain',
    description:
      'Where anything is open the period is disputed: nothing is signed or paid, and the answer says why. Asked again, it goes on where it was.',
    tag: 'roaming',
    params: onePartner,
    body: z.strictObject({ from: isoTime, to: isoTime }),
    answer: { status: 200, words: 'The statement, with what became of it.', schema: statement },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout', 'chain-unavailable', 'terms-refused'],
  },
  pullRoamingPartner: {
    summary: 'Read now what a partner has',
    tag: 'roaming',
    params: onePartner,
    body: z.strictObject({ full: z.boolean().default(false) }),
    answer: {
      status: 200,
      words: 'What came.',
      schema: z.object({
        items: z.array(
          z.object({
            kind: z.string(),
            objects: z.int(),
            changed: z.int(),
            pages: z.int(),
            bad: z.int(),
            trouble: z.exactOptional(z.string()),
          }),
        ),
      }),
    },
    errors: ['not-found', 'no-responder', 'timeout'],
  },
} as const satisfies Record<string, Contract>
