import type {
  Party,
  RoamingBookable,
  RoamingBooking,
  RoamingBookingWish,
  RoamingCapture,
  RoamingCheck,
  RoamingOffer,
  RoamingPartner,
  RoamingPreferences,
  RoamingPreferencesAnswer,
  RoamingPull,
  RoamingStatementView,
  RoamingTerminal,
} from '@werenode/core'
import type { Http } from './http.ts'

/** The partners a node roams with by OCPI, from its operator's side. The login must work for the party the node roams as, or run the node. */
export interface Roaming {
  /**
   * Partners with their state, what waits for them and what went wrong last.
   *
   * @example
   * const { items } = await werenode.roaming('FR*WRN' as Party).partners()
   */
  partners(): Promise<{ readonly items: readonly RoamingPartner[] }>
  partner(partnerId: string): Promise<RoamingPartner>
  /**
   * Registers with a partner that gave its versions URL and a registration token; throws in words what is wrong.
   *
   * @example
   * await roaming.add({ url: 'https://partner.example/ocpi/versions', token: 'their token' })
   */
  add(partner: { readonly url: string; readonly token: string; readonly name?: string }): Promise<RoamingPartner>
  /** Lets a partner register with the node: what to send it, over a safe way. The token is shown once. */
  invite(name: string): Promise<{ readonly id: string; readonly url: string; readonly token: string }>
  test(partnerId: string): Promise<RoamingCheck>
  /** Looks at all a partner offers and says what is wrong on its side. */
  check(partnerId: string): Promise<RoamingCheck>
  /** Sends again now what the partner is owed; answers how many objects. */
  resend(partnerId: string, which?: 'waiting' | 'refused' | 'all'): Promise<{ readonly count: number }>
  pause(partnerId: string, paused: boolean): Promise<RoamingPartner>
  /** Renews the tokens of both sides. */
  rotate(partnerId: string): Promise<RoamingPartner>
  pull(partnerId: string, full?: boolean): Promise<{ readonly items: readonly RoamingPull[] }>
  /** What a period comes to, to the cent, with every disagreement: charges that ended at `from` or later and before `to`. */
  statement(partnerId: string, period: { readonly from: Date; readonly to: Date }): Promise<RoamingStatementView>
  /**
   * Closes a period: both sides sign the net and whoever owes it pays on chain; `closing` says what became of it, with every reason
   * where it is disputed.
   *
   * @example
   * const { closing } = await roaming.closeStatement('5f1c0a9e77b2', { from: new Date('2026-10-01'), to: new Date('2026-11-01') })
   */
  closeStatement(partnerId: string, period: { readonly from: Date; readonly to: Date }): Promise<RoamingStatementView>
  remove(partnerId: string): Promise<void>
  /** Payment terminals of a partner, and what was taken at them (OCPI 2.3.0). */
  terminals(
    partnerId: string,
  ): Promise<{ readonly items: readonly RoamingTerminal[]; readonly captures: readonly RoamingCapture[] }>
  /** Asks for a terminal that came with a station, by the mark of its maker. */
  activateTerminal(partnerId: string, wanted: { readonly reference: string } & TerminalPlace): Promise<void>
  /** Puts a partner's terminal at locations and EVSEs. */
  assignTerminal(partnerId: string, terminalId: string, at: TerminalPlace): Promise<void>
  deactivateTerminal(partnerId: string, terminalId: string): Promise<void>
  /** What can be booked at a partner, and what is on offer here (OCPI 2.3.0). */
  bookable(partnerId: string): Promise<{ readonly items: readonly RoamingBookable[] }>
  bookings(partnerId: string): Promise<{ readonly items: readonly RoamingBooking[] }>
  /**
   * Books a partner's plug; the same `requestId` again changes the booking.
   *
   * @example
   * const { status } = await roaming.book('5f1c0a9e77b2', { bookableId: 'BL-1', from: '2026-11-22T10:00:00Z', to: '2026-11-22T11:00:00Z' })
   */
  book(partnerId: string, wish: RoamingBookingWish): Promise<RoamingBooking>
  cancelBooking(partnerId: string, requestId: string): Promise<RoamingBooking>
  /** Tells a partner what a driver prefers for a charge at its plug (OCPI 2.2.1 and later); `sessionId` is the partner's. */
  prefer(partnerId: string, sessionId: string, preferences: RoamingPreferences): Promise<RoamingPreferencesAnswer>
  /** Offers a plug to be booked by partners; the same id again replaces the offer. */
  offer(offer: RoamingOffer): Promise<RoamingBookable>
}
interface TerminalPlace {
  readonly locationIds?: readonly string[]
  readonly evseUids?: readonly string[]
}

export const createRoaming = (http: Http, party: Party): Roaming => {
  const base = `/v1/parties/${encodeURIComponent(party)}/roaming`
  const one = (partnerId: string): string => `${base}/partners/${encodeURIComponent(partnerId)}`
  const post = <T>(path: string, body?: object): Promise<T> =>
    http.json(path, { method: 'POST', ...(body === undefined ? {} : { body }) })
  return {
    partners: () => http.json(`${base}/partners`),
    partner: (partnerId) => http.json(one(partnerId)),
    add: (partner) => post(`${base}/partners`, partner),
    invite: (name) => post(`${base}/invitations`, { name }),
    test: (partnerId) => post(`${one(partnerId)}/test`),
    check: (partnerId) => post(`${one(partnerId)}/check`),
    resend: (partnerId, which = 'all') => post(`${one(partnerId)}/resend`, { which }),
    pause: (partnerId, paused) => post(`${one(partnerId)}/pause`, { paused }),
    rotate: (partnerId) => post(`${one(partnerId)}/rotate`),
    pull: (partnerId, full = false) => post(`${one(partnerId)}/pull`, { full }),
    statement: (partnerId, { from, to }) =>
      http.json(`${one(partnerId)}/statement`, { query: { from: from.toISOString(), to: to.toISOString() } }),
    closeStatement: (partnerId, { from, to }) =>
      post(`${one(partnerId)}/statement`, { from: from.toISOString(), to: to.toISOString() }),
    remove: (partnerId) => http.json(one(partnerId), { method: 'DELETE' }),
    terminals: (partnerId) => http.json(`${one(partnerId)}/terminals`),
    activateTerminal: (partnerId, wanted) => post(`${one(partnerId)}/terminals`, wanted),
    assignTerminal: (partnerId, terminalId, at) =>
      http.json(`${one(partnerId)}/terminals/${encodeURIComponent(terminalId)}`, { method: 'PUT', body: at }),
    deactivateTerminal: (partnerId, terminalId) =>
      http.json(`${one(partnerId)}/terminals/${encodeURIComponent(terminalId)}`, { method: 'DELETE' }),
    bookable: (partnerId) => http.json(`${one(partnerId)}/bookable`),
    bookings: (partnerId) => http.json(`${one(partnerId)}/bookings`),
    book: (partnerId, wish) => post(`${one(partnerId)}/bookings`, wish),
    cancelBooking: (partnerId, requestId) =>
      http.json(`${one(partnerId)}/bookings/${encodeURIComponent(requestId)}`, { method: 'DELETE' }),
    prefer: (partnerId, sessionId, preferences) =>
      http.json(`${one(partnerId)}/sessions/${encodeURIComponent(sessionId)}/preferences`, {
        method: 'PUT',
        body: preferences,
      }),
    offer: ({ id, ...offer }) =>
      http.json(`${base}/bookable/${encodeURIComponent(id)}`, { method: 'PUT', body: offer }),
  }
}
