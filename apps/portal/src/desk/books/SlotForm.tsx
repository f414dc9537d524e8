import { type FormEvent, useState } from 'react'
import { useWords } from '../../words/useWords'
import { Dialog } from '../Dialog'
import { ChoiceField, TextField } from '../Field'
import { SaveOrCancel } from '../SaveOrCancel'
import type { Bookable, ServiceDesk } from './PartnerServices'
import { dayText } from './Period'

/** `2026-11-22T10:00`, by the clock of the person. */
const minuteText = (time: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${dayText(time)}T${two(time.getHours())}:${two(time.getMinutes())}`
}
const nextHour = (): Date => new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000)
const anyPlug = ''

/** A time at a plug: booked inside a slot of a partner's, or offered to partners at one of ours. */
export const SlotForm = ({
  desk,
  slot,
  onClose,
}: {
  desk: ServiceDesk
  /** Absent: an offer of ours. */
  slot: { readonly offer: Bookable; readonly from: string; readonly to: string } | undefined
  onClose: () => void
}) => {
  const { t } = useWords()
  const first = slot ? new Date(Math.max(Date.parse(slot.from), nextHour().getTime())) : nextHour()
  const [from, setFrom] = useState(minuteText(first))
  const [to, setTo] = useState(minuteText(new Date(first.getTime() + 3_600_000)))
  const [powerKw, setPowerKw] = useState('')
  const [id, setId] = useState('')
  const [placeId, setPlaceId] = useState(desk.places[0]?.id ?? '')
  const [evseUid, setEvseUid] = useState(anyPlug)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [refused, setRefused] = useState<string>()
  const wrong = from !== '' && to !== '' && to <= from
  const place = desk.places.find((one) => one.id === placeId)

  const book = async (wanted: NonNullable<typeof slot>): Promise<boolean> => {
    const { status } = await desk.roaming.book(desk.partnerId, {
      bookableId: wanted.offer.id,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      ...(powerKw === '' ? {} : { powerKw: Number(powerKw) }),
    })
    const agreed = status === 'RESERVED' || status === 'PENDING'
    if (!agreed) setRefused(t('bookings.refused', { state: t(`booking.state.${status}`) }))
    return agreed
  }
  const offer = async (): Promise<boolean> => {
    const most = powerKw === '' ? {} : { maxPowerW: Number(powerKw) * 1_000 }
    await desk.roaming.offer({
      id: id.trim(),
      locationId: placeId,
      ...(evseUid === anyPlug ? {} : { evseUid }),
      slots: [{ from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...most }],
    })
    return true
  }
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (wrong) return
    setBusy(true)
    setError(undefined)
    setRefused(undefined)
    try {
      const done = slot === undefined ? await offer() : await book(slot)
      await desk.reload()
      if (done) onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={slot ? t('bookable.bookAt', { place: slot.offer.locationId }) : t('bookable.offer')}
      onClose={onClose}
    >
      <form onSubmit={(event) => void save(event)}>
        <div className="wn-form">
          {slot ? null : (
            <>
              <TextField
                label={t('bookable.offerAs')}
                value={id}
                onText={setId}
                required
                maxLength={36}
                pattern="[!-~]+"
              />
              <ChoiceField
                label={t('desk.place')}
                value={placeId}
                choices={desk.places.map((one) => [one.id, one.name] as const)}
                onChoice={(next) => {
                  setPlaceId(next)
                  setEvseUid(anyPlug)
                }}
              />
              <ChoiceField
                label={t('desk.plug')}
                value={evseUid}
                choices={[
                  [anyPlug, t('bookable.anyPlug')],
                  ...(place?.evses ?? []).map(({ uid, evseId }) => [uid, evseId] as const),
                ]}
                onChoice={setEvseUid}
              />
            </>
          )}
          <TextField label={t('bookings.from')} type="datetime-local" value={from} onText={setFrom} required />
          <TextField
            label={t('bookings.to')}
            type="datetime-local"
            value={to}
            onText={setTo}
            required
            error={wrong ? t('bookable.order') : undefined}
          />
          <TextField
            label={t(slot ? 'bookable.powerWanted' : 'bookable.powerMost')}
            hint={t('bookable.optional')}
            type="number"
            min={0.1}
            step="any"
            value={powerKw}
            onText={setPowerKw}
          />
        </div>
        {refused === undefined ? null : (
          <p className="wn-note wn-note--warn" role="alert">
            {refused}
          </p>
        )}
        <SaveOrCancel busy={busy} error={error} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
