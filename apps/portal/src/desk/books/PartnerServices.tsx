import type { Location, Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { Bookings } from './Bookings'
import { Terminals } from './Terminals'

export type Terminal = Schemas['RoamingTerminal']
export type Capture = Schemas['RoamingCapture']
export type Bookable = Schemas['RoamingBookable']
export type Booking = Schemas['RoamingBooking']
type Partner = Schemas['RoamingPartner']

/** Whether a partner speaks of terminals and bookings at all (OCPI 2.3.0). */
export const hasServices = ({ state, modules }: Partner): boolean =>
  state === 'registered' && modules.some((name) => /^(payments|bookings?)/i.test(name))

interface Held {
  readonly terminals: readonly Terminal[]
  readonly captures: readonly Capture[]
  readonly bookable: readonly Bookable[]
  readonly bookings: readonly Booking[]
}

/** What the parts of this page share: how to ask, and what to do when something changed. */
export interface ServiceDesk {
  readonly roaming: ReturnType<Werenode['roaming']>
  readonly partnerId: string
  readonly places: readonly Location[]
  readonly reload: () => Promise<void>
}

/** One partner's payment terminals at our plugs, and bookings on both sides. */
export const PartnerServices = ({
  werenode,
  party,
  partner,
  places,
  onBack,
}: {
  werenode: Werenode
  party: Party
  partner: Partner
  places: readonly Location[]
  onBack: () => void
}) => {
  const { t } = useWords()
  const [held, setHeld] = useState<Held>()
  const [error, setError] = useState<unknown>()
  const reload = useCallback(async (): Promise<void> => {
    const roaming = werenode.roaming(party)
    try {
      const [{ items: terminals, captures }, { items: bookable }, { items: bookings }] = await Promise.all([
        roaming.terminals(partner.id),
        roaming.bookable(partner.id),
        roaming.bookings(partner.id),
      ])
      setHeld({ terminals, captures, bookable, bookings } as Held)
      setError(undefined)
    } catch (problem) {
      setError(problem)
    }
  }, [werenode, party, partner.id])
  useEffect(() => {
    void reload()
  }, [reload])
  const desk: ServiceDesk = { roaming: werenode.roaming(party), partnerId: partner.id, places, reload }
  return (
    <>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--small" onClick={onBack}>
          {t('action.back')}
        </button>
        <button type="button" className="wn-button wn-button--small" onClick={() => void reload()}>
          <Icon name="refresh" size={18} /> {t('action.refresh')}
        </button>
      </div>
      <h2>{t('services.title', { name: partner.name })}</h2>
      <p className="wn-section__lead">{t(hasServices(partner) ? 'services.lead' : 'services.none')}</p>
      {error === undefined ? null : <Trouble error={error} />}
      {held === undefined ? (
        <p role="status">{error === undefined ? t('progress.loading') : null}</p>
      ) : (
        <>
          <Terminals desk={desk} terminals={held.terminals} captures={held.captures} />
          <Bookings desk={desk} bookable={held.bookable} bookings={held.bookings} />
        </>
      )}
    </>
  )
}
