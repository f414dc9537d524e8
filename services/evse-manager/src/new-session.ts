import {
  type ConnectorOffer,
  type Hex,
  idTagOf,
  type SessionDoor,
  type SessionId,
  type SessionRecord,
  type WireTerms,
} from '@werenode/core'

/** The record of a session that is just coming in, with its first effect in the outbox. */
export const newSession = (given: {
  sessionId: SessionId
  door: SessionDoor
  terms: WireTerms
  operatorSignature: Hex
  driverSignature?: Hex
  permit?: { deadline: number; signature: Hex }
  offer: ConnectorOffer
  at: string
  /** The card's id where a card opened it; otherwise derived from the session id. */
  idTag?: string
  /** Deposit already seen on chain (opened by the driver directly). */
  onChain?: boolean
}): SessionRecord => {
  const { sessionId, terms, offer, at } = given
  const paid = !offer.free
  const opens = paid && given.onChain !== true
  const first: SessionRecord['outbox'] = opens
    ? [
        {
          id: 1,
          attempts: 0,
          dueAt: at,
          kind: 'submit',
          key: `${sessionId}:open`,
          intent: {
            kind: 'open',
            terms,
            operatorSignature: given.operatorSignature,
            driverSignature: given.driverSignature ?? '0x',
            ...(given.permit === undefined ? {} : { permit: given.permit }),
          },
        },
      ]
    : paid
      ? []
      : [{ id: 1, attempts: 0, dueAt: at, kind: 'start' }]
  return {
    _id: sessionId,
    state: paid ? 'opening' : 'funded',
    door: given.door,
    paid,
    terms,
    operatorSignature: given.operatorSignature,
    ...(given.driverSignature === undefined ? {} : { driverSignature: given.driverSignature }),
    ...(given.permit === undefined ? {} : { permit: given.permit }),
    evseId: offer.evseId,
    party: offer.party,
    locationName: offer.locationName,
    stationId: offer.stationId,
    evse: offer.evse,
    connector: offer.connector,
    timeZone: offer.timeZone,
    tariff: offer.tariff,
    keyClass: offer.keyClass,
    meterCertified: offer.meterCertified,
    holdsConnector: true,
    idTag: given.idTag ?? idTagOf(sessionId),
    remoteStartId: Number.parseInt(sessionId.slice(2, 9), 16),
    createdAt: at,
    limitMicro: terms.maxAmount,
    ...(paid ? {} : { openedAt: at }),
    meterCount: 0,
    powerW: null,
    socPercent: null,
    suspended: 'no',
    chargingMs: 0,
    idleMs: 0,
    costMicro: '0',
    stationOffline: false,
    warned: 0,
    flags: [],
    transactions: {},
    outbox: first,
    effectCount: first.length,
    timers: {},
    ...(first.length === 0 ? {} : { dueAt: at }),
  }
}
