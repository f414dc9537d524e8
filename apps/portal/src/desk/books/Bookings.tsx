import { useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { Ask } from '../Dialog'
import type { Bookable, Booking, ServiceDesk } from './PartnerServices'
import { SlotForm } from './SlotForm'

interface Slot {
  readonly offer: Bookable
  readonly from: string
  readonly to: string
  readonly maxPowerW?: number
}
const open: ReadonlySet<Booking['status']> = new Set(['PENDING', 'RESERVED'])

/** What can be booked and what is booked, at the partner's plugs and at ours. */
export const Bookings = ({
  desk,
  bookable,
  bookings,
}: {
  desk: ServiceDesk
  bookable: readonly Bookable[]
  bookings: readonly Booking[]
}) => {
  const { t, format } = useWords()
  const [form, setForm] = useState<Slot | 'offer'>()
  const [asked, setAsked] = useState<{ readonly cancel: Booking } | { readonly withdraw: Bookable }>()
  const slots = useMemo(
    (): readonly Slot[] => bookable.flatMap((offer) => offer.slots.map((slot) => ({ offer, ...slot }))),
    [bookable],
  )
  const times = <Row extends { readonly from: string; readonly to: string }>(): readonly Column<Row>[] => [
    { title: t('bookings.from'), value: ({ from }) => from, show: ({ from }) => format.dateTime(from) },
    { title: t('bookings.to'), value: ({ to }) => to, show: ({ to }) => format.dateTime(to) },
  ]
  const slotColumns: readonly Column<Slot>[] = [
    { title: t('desk.id'), value: ({ offer }) => offer.id, show: ({ offer }) => <code>{offer.id}</code> },
    { title: t('bookings.where'), value: ({ offer }) => t(`booking.where.${offer.where}`) },
    { title: t('desk.place'), value: ({ offer }) => offer.locationId },
    { title: t('desk.plug'), value: ({ offer }) => offer.evseUid ?? t('bookable.anyPlug') },
    ...times<Slot>(),
    {
      title: t('desk.power'),
      number: true,
      value: ({ maxPowerW }) => maxPowerW ?? 0,
      show: ({ maxPowerW }) => (maxPowerW === undefined ? '' : format.power(maxPowerW)),
    },
  ]
  const bookingColumns: readonly Column<Booking>[] = [
    { title: t('desk.state'), value: ({ status }) => t(`booking.state.${status}`) },
    { title: t('bookings.where'), value: ({ where }) => t(`booking.where.${where}`) },
    { title: t('desk.place'), value: ({ locationId }) => locationId },
    { title: t('desk.plug'), value: ({ evseUid }) => evseUid ?? t('bookable.anyPlug') },
    ...times<Booking>(),
    {
      title: t('bookings.request'),
      value: ({ requestId }) => requestId,
      show: ({ requestId }) => <code>{requestId.slice(0, 8)}</code>,
    },
  ]
  return (
    <section className="wn-part" aria-label={t('bookings.title')}>
      <h3>{t('bookings.title')}</h3>
      <DataTable
        label={t('bookings.title')}
        columns={bookingColumns}
        rows={bookings}
        keyOf={({ id }) => id}
        fileName="bookings.csv"
        empty={t('bookings.none')}
        first={{ column: 4, down: true }}
        actions={(booking) =>
          booking.where === 'there' && open.has(booking.status) ? (
            <button type="button" className="wn-button wn-button--small" onClick={() => setAsked({ cancel: booking })}>
              {t('bookings.cancel')}
            </button>
          ) : null
        }
      />
      <h3>{t('bookable.title')}</h3>
      <div className="wn-actions">
        <button type="button" className="wn-button" onClick={() => setForm('offer')}>
          <Icon name="plus" /> {t('bookable.offer')}
        </button>
      </div>
      <DataTable
        label={t('bookable.title')}
        columns={slotColumns}
        rows={slots}
        keyOf={({ offer, from }) => `${offer.where}|${offer.id}|${from}`}
        fileName="bookable.csv"
        empty={t('bookable.none')}
        first={{ column: 4, down: false }}
        actions={(slot) =>
          slot.offer.where === 'there' ? (
            <button type="button" className="wn-button wn-button--small" onClick={() => setForm(slot)}>
              {t('bookable.book')}
            </button>
          ) : (
            <button
              type="button"
              className="wn-button wn-button--small"
              onClick={() => setAsked({ withdraw: slot.offer })}
            >
              {t('bookable.withdraw')}
            </button>
          )
        }
      />
      {form === undefined ? null : (
        <SlotForm desk={desk} slot={form === 'offer' ? undefined : form} onClose={() => setForm(undefined)} />
      )}
      {asked === undefined ? null : (
        <Ask
          question={
            'cancel' in asked
              ? t('bookings.cancelAsk', { id: asked.cancel.requestId })
              : t('bookable.withdrawAsk', { id: asked.withdraw.id })
          }
          action={'cancel' in asked ? t('bookings.cancel') : t('bookable.withdraw')}
          onClose={() => setAsked(undefined)}
          onDo={async () => {
            if ('cancel' in asked) await desk.roaming.cancelBooking(desk.partnerId, asked.cancel.requestId)
            else {
              const { id, locationId, evseUid } = asked.withdraw
              await desk.roaming.offer({ id, locationId, ...(evseUid === undefined ? {} : { evseUid }), slots: [] })
            }
            await desk.reload()
          }}
        />
      )}
    </section>
  )
}
