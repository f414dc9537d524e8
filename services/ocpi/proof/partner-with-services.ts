import type { Bus, Store } from '@werenode/core'
import { pino } from 'pino'
import { createOcpiService } from '../src/service.ts'

const party = { country_code: 'DE', party_id: 'ABC', name: 'Autobahn Charge' }

/** A partner of flesh on a port of its own that provides payment terminals and lets its plugs be booked, for a proof. */
export const openPartnerWithServices = async (
  { store, bus }: { readonly store: Store; readonly bus: Bus },
  port: number,
) => {
  const ocpi = createOcpiService({
    store,
    bus,
    clock: () => new Date(),
    log: pino({ level: 'silent' }),
    origin: `http://127.0.0.1:${port}`,
    party,
    pullEveryMs: 0,
    outbox: { firstPauseMs: 50, longestPauseMs: 500 },
  })
  await ocpi.start()
  await ocpi.listen({ port })
  const owner = { country_code: party.country_code, party_id: party.party_id }
  const hour = (nr: number): string => new Date(Math.ceil(Date.now() / 3_600_000 + nr) * 3_600_000).toISOString()

  return {
    stop: ocpi.stop,
    /** Its versions URL and a registration token. */
    invite: (name: string) => ocpi.partners.invite(name),
    /** A terminal for that party's plugs, what it took with it, and a slot at a plug of its own. */
    furnish: async (customer: { readonly country_code: string; readonly party_id: string }): Promise<void> => {
      const at = new Date().toISOString()
      const terminal = {
        terminal_id: 'T-1',
        reference: 'SN-1',
        address: 'Place Bellecour 1',
        city: 'Lyon',
        last_updated: at,
      }
      await ocpi.putOwn('terminals', { ...owner, id: 'T-1', last_updated: at, terminal }, { forParty: customer })
      for (const [id, capture_status_code] of [
        ['FAC-1', 'SUCCESS'],
        ['FAC-2', 'FAILED'],
      ] as const) {
        const advice = {
          id,
          authorization_reference: `REF-${id}`,
          total_costs: { before_taxes: 4, taxes: [{ name: 'VAT', amount: 0.8 }] },
          currency: 'EUR',
          eft_data: ['CARD', '**** 1234'],
          capture_status_code,
          last_updated: at,
        }
        await ocpi.putOwn('financialadvices', { ...owner, id, last_updated: at, advice }, { forParty: customer })
      }
      await ocpi.putOwn('bookinglocations', {
        ...owner,
        id: 'BL-1',
        location_id: 'KOELN-1',
        booking_option: { evse_uid: 'KOELN-1-1' },
        booking_terms: { supported_access_methods: ['OPEN'], change_until_minutes: 0, cancel_until_minutes: 0 },
        calendars: [
          {
            id: 'BL-1',
            begin_from: hour(0),
            end_before: hour(12),
            available_timeslots: [{ start_date_time: hour(0), end_date_time: hour(12), max_power: 150_000 }],
            last_updated: at,
          },
        ],
        last_updated: at,
      })
    },
    /** Where its terminal stands, as it holds it. */
    placesOf: async (terminalId: string): Promise<readonly string[]> =>
      (await ocpi.object('own', 'terminals', `DE|ABC|${terminalId}`))?.object.terminal.location_ids ?? [],
    /** How its bookings stand. */
    bookings: async (): Promise<readonly string[]> => {
      const { items } = await store.find<{ _id: string; object: { reservation_status: string } }>(
        'ocpi_objects',
        { owner: 'own', kind: 'bookings' },
        {},
      )
      return items.map(({ object }) => object.reservation_status)
    },
  }
}
