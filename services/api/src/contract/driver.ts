import { z } from 'zod'
import { checkNames } from '../charges/verify.ts'
import type { Contract } from './contract.ts'
import { connectorStandard, locationSummary } from './schemas/locations.ts'
import {
  address,
  amountMicro,
  cursor,
  hash,
  isoTime,
  pageLimit,
  party,
  sessionId,
  signature,
  unixSeconds,
} from './schemas/primitives.ts'
import { sessionView } from './schemas/sessions.ts'

const words = (most: number) => z.string().trim().min(1).max(most)
const thingId = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/)
const cardUid = z
  .string()
  .regex(/^[A-Za-z0-9]{4,36}$/)
  .meta({ description: 'As the reader tells it, e.g. `04A1B2C3D4E5F6`. Only its hash is kept.' })

const check = z
  .object({
    name: z.enum(checkNames),
    verdict: z.enum(['holds', 'broken', 'open']),
    signer: z.exactOptional(address),
    detail: z.exactOptional(z.string()),
  })
  .meta({ id: 'ReceiptCheck' })
const signedRecord = z.object({
  record: z.object({
    sessionId: hash,
    kind: z.enum(['START', 'END']),
    wh: z.string(),
    time: unixSeconds,
    chargingSeconds: unixSeconds,
    idleSeconds: unixSeconds,
    counter: z.int(),
  }),
  signature: z.string(),
  proof: z.array(hash),
})
const publicReceipt = z
  .object({
    holds: z.enum(['holds', 'broken', 'open']),
    checks: z.array(check),
    session: sessionView,
    party,
    paid: z.boolean(),
    keyClass: z.enum(['STATION', 'GATEWAY']),
    operatorSignature: signature,
    receiptSignature: z.exactOptional(signature),
    cosignature: z.exactOptional(signature),
    evidence: z.exactOptional(z.object({ start: signedRecord, end: signedRecord })),
    chain: z.object({
      chainId: z.int(),
      escrow: address,
      status: z.exactOptional(z.string()),
      blockNumber: z.exactOptional(z.string()),
    }),
    documents: z
      .array(z.object({ kind: z.enum(['receipt', 'invoice']), sha256: z.string() }))
      .describe('Hashes of the papers this charge is in: hold your copy against them.'),
    page: z.string().describe('The same for people.'),
  })
  .meta({ id: 'PublicReceipt', description: 'A receipt with all that backs it, and what became of each check.' })

const vehicleFields = {
  name: words(60),
  plate: z.exactOptional(z.string().regex(/^[A-Za-z0-9 -]{2,15}$/)),
  batteryWh: z.exactOptional(z.int().min(500).max(2_000_000)),
  maxAcW: z.exactOptional(z.int().min(500).max(100_000)),
  maxDcW: z.exactOptional(z.int().min(500).max(5_000_000)),
  standards: z.array(connectorStandard).max(11),
  usual: z.boolean().default(false),
}
const vehicle = z
  .object({ id: z.string(), ...vehicleFields, usual: z.boolean(), createdAt: isoTime })
  .meta({ id: 'Vehicle' })
const card = z
  .object({ id: z.string(), label: z.string(), lastSigns: z.string(), createdAt: isoTime })
  .meta({ id: 'Card', description: 'A card; its number is kept as a hash only.' })
const freeUser = z
  .object({
    id: z.string(),
    kind: z.enum(['card', 'driver']),
    label: z.string(),
    lastSigns: z.string(),
    until: z.exactOptional(isoTime),
    addedAt: isoTime,
  })
  .meta({ id: 'FreeUser' })
const voucher = z
  .object({
    id: z.string(),
    label: z.string(),
    amountMicro,
    uses: z.int(),
    used: z.int(),
    until: z.exactOptional(isoTime),
    createdAt: isoTime,
  })
  .meta({ id: 'Voucher' })
const redemption = z
  .object({
    amountMicro,
    beneficiary: address,
    at: isoTime,
    state: z.enum(['paid', 'due']),
    txHash: z.exactOptional(z.string()),
  })
  .meta({ id: 'Redemption', description: '`due` until the chain tells of the deposit.' })

/** What is a driver's besides sessions, and what operators give drivers. */
export const driverContracts = {
  getReceipt: {
    summary: 'Check a receipt',
    description: 'Public: whoever has the id may check terms, signatures, Merkle proofs, register and chain.',
    tag: 'sessions',
    params: z.strictObject({ sessionId }),
    answer: { status: 200, words: 'The receipt with its checks.', schema: publicReceipt },
    errors: ['not-found', 'chain-unavailable'],
  },
  showReceipt: {
    summary: 'Page: check a receipt',
    tag: 'sessions',
    params: z.strictObject({ sessionId: z.string().max(100) }),
    answer: { status: 200, words: 'A page that works without JavaScript.', page: true },
    errors: ['not-found', 'chain-unavailable'],
  },
  disputeSession: {
    summary: 'Dispute the amount of a session',
    description:
      'Keeps the reason for the operator and answers what the wallet or session key needs: the typed data to sign, or the call to send. The chain then waits 72 hours for evidence (chain.md #13).',
    tag: 'sessions',
    params: z.strictObject({ sessionId }),
    body: z.strictObject({
      undisputedMicro: amountMicro.meta({ description: 'What you agree to pay; the rest waits for proof.' }),
      reason: words(1_000),
      signature: signature
        .optional()
        .meta({ description: 'Over `typedData`, when you have it: the call then carries it.' }),
      deadline: unixSeconds.optional(),
    }),
    answer: {
      status: 200,
      words: 'What to sign or send.',
      schema: z
        .object({
          chainId: z.int(),
          to: address,
          data: z.string(),
          typedData: z.record(z.string(), z.unknown()),
          deadline: unixSeconds,
        })
        .meta({ id: 'DisputeCall' }),
    },
    errors: ['not-found', 'session-state', 'chain-unavailable'],
  },
  listFavourites: {
    summary: 'List my favourite places',
    tag: 'sessions',
    answer: {
      status: 200,
      words: 'Places as they are now.',
      schema: z.object({
        items: z.array(
          z
            .object({ location: locationSummary, label: z.exactOptional(z.string()), createdAt: isoTime })
            .meta({ id: 'Favourite' }),
        ),
      }),
    },
    errors: [],
  },
  putFavourite: {
    summary: 'Make a place a favourite',
    tag: 'sessions',
    params: z.strictObject({ locationId: z.string().min(1).max(100) }),
    body: z.strictObject({ label: z.exactOptional(words(60)) }),
    answer: { status: 204, words: 'It is one.' },
    errors: ['not-found', 'too-large'],
  },
  removeFavourite: {
    summary: 'No longer a favourite',
    tag: 'sessions',
    params: z.strictObject({ locationId: z.string().min(1).max(100) }),
    answer: { status: 204, words: 'It is none.' },
    errors: ['not-found'],
  },
  listVehicles: {
    summary: 'List my vehicles',
    tag: 'sessions',
    answer: { status: 200, words: 'Vehicles.', schema: z.object({ items: z.array(vehicle) }) },
    errors: [],
  },
  addVehicle: {
    summary: 'Add a vehicle',
    tag: 'sessions',
    body: z.strictObject(vehicleFields),
    answer: { status: 201, words: 'The vehicle.', schema: vehicle },
    errors: ['too-large'],
    idempotent: true,
  },
  putVehicle: {
    summary: 'Change a vehicle',
    tag: 'sessions',
    params: z.strictObject({ vehicleId: thingId }),
    body: z.strictObject(vehicleFields),
    answer: { status: 200, words: 'The vehicle.', schema: vehicle },
    errors: ['not-found'],
  },
  removeVehicle: {
    summary: 'Remove a vehicle',
    tag: 'sessions',
    params: z.strictObject({ vehicleId: thingId }),
    answer: { status: 204, words: 'It is gone.' },
    errors: ['not-found'],
  },
  listVehicleChoices: {
    summary: 'List which vehicle took which charge',
    description: 'Only where you said so; other charges are taken for your usual vehicle.',
    tag: 'sessions',
    query: z.strictObject({ limit: pageLimit(1000, 1000), cursor: cursor.optional() }),
    answer: {
      status: 200,
      words: 'In the order they were first chosen.',
      schema: z.object({
        items: z.array(z.object({ sessionId: hash, vehicleId: z.string() })),
        next: z.exactOptional(z.string()),
      }),
    },
    errors: [],
  },
  putVehicleChoice: {
    summary: 'Say which vehicle took a charge',
    tag: 'sessions',
    params: z.strictObject({ sessionId }),
    body: z.strictObject({ vehicleId: thingId }),
    answer: { status: 204, words: 'It is kept.' },
    errors: ['not-found', 'too-large'],
  },
  listCards: {
    summary: 'List my cards',
    tag: 'sessions',
    answer: { status: 200, words: 'Cards.', schema: z.object({ items: z.array(card) }) },
    errors: [],
  },
  addCard: {
    summary: 'Register a card of mine',
    tag: 'sessions',
    body: z.strictObject({ uid: cardUid, label: words(60) }),
    answer: { status: 201, words: 'The card.', schema: card },
    errors: ['conflict', 'too-large'],
  },
  removeCard: {
    summary: 'Remove a card of mine',
    tag: 'sessions',
    params: z.strictObject({ cardId: thingId }),
    answer: { status: 204, words: 'It is gone.' },
    errors: ['not-found'],
  },
  redeemVoucher: {
    summary: 'Redeem a voucher',
    description: 'Its worth becomes energy credit of the signed-in wallet.',
    tag: 'money',
    body: z.strictObject({ code: z.string().regex(/^[A-Za-z0-9 -]{8,40}$/) }),
    answer: { status: 200, words: 'What it was worth.', schema: redemption },
    errors: ['not-found', 'conflict', 'gone'],
  },
  listFreeUsers: {
    summary: 'List who charges for nothing at my party’s plugs',
    tag: 'parties',
    params: z.strictObject({ party }),
    answer: { status: 200, words: 'Cards and drivers.', schema: z.object({ items: z.array(freeUser) }) },
    errors: ['not-found'],
  },
  putFreeUser: {
    summary: 'Let a card or driver charge for nothing at my party’s plugs',
    tag: 'parties',
    params: z.strictObject({ party }),
    body: z
      .strictObject({
        card: z.exactOptional(cardUid),
        driver: z.exactOptional(address),
        label: words(60),
        until: z.exactOptional(isoTime),
      })
      .refine(({ card: one, driver }) => (one === undefined) !== (driver === undefined), {
        error: 'name a card or a driver',
      }),
    answer: { status: 201, words: 'The entry.', schema: freeUser },
    errors: ['not-found'],
  },
  removeFreeUser: {
    summary: 'Take a card or driver off that list',
    tag: 'parties',
    params: z.strictObject({ party, freeUserId: z.string().regex(/^(card|driver):[0-9a-fx]{42,66}$/) }),
    answer: { status: 204, words: 'From now on they pay.' },
    errors: ['not-found'],
  },
  createVoucher: {
    summary: 'Make a voucher',
    description: 'The code is told once.',
    tag: 'parties',
    params: z.strictObject({ party }),
    body: z.strictObject({
      label: words(60),
      amountMicro: amountMicro.refine((amount) => BigInt(amount) > 0n && BigInt(amount) <= 1_000_000_000n, {
        error: 'between 1 and 1,000,000,000 (1,000 EUR)',
      }),
      uses: z.int().min(1).max(10_000).default(1),
      until: z.exactOptional(isoTime),
    }),
    answer: {
      status: 201,
      words: 'The voucher with its code.',
      schema: voucher.extend({ code: z.string() }).meta({ id: 'NewVoucher' }),
    },
    errors: ['not-found'],
  },
  prepareVoucherDeposits: {
    summary: 'Prepare the deposits my party’s vouchers are worth',
    description:
      'Answers the calls for a wallet of the party, in order: an allowance for all of it, then one deposit a driver. A redemption is paid when the chain tells of its deposit.',
    tag: 'parties',
    params: z.strictObject({ party }),
    answer: {
      status: 200,
      words: 'At most 100 deposits; ask again for more.',
      schema: z
        .object({
          chainId: z.int(),
          totalMicro: amountMicro,
          calls: z.array(z.object({ to: address, data: z.string() })),
        })
        .meta({ id: 'VoucherDeposits' }),
    },
    errors: ['not-found', 'chain-unavailable'],
  },
  listVouchers: {
    summary: 'List my party’s vouchers and what is due for them',
    tag: 'parties',
    params: z.strictObject({ party }),
    answer: {
      status: 200,
      words: 'Vouchers without their codes.',
      schema: z.object({ items: z.array(voucher), redemptions: z.array(redemption) }),
    },
    errors: ['not-found'],
  },
} as const satisfies Record<string, Contract>
