import type { Address, Hex } from '@werenode/core'
import { parseMoney } from '@werenode/design'
import { type FormEvent, useState } from 'react'
import type { Plug } from '../registry/plug.ts'
import { placeFault, priceCall, relistCall, setActiveCall } from '../session/publish.ts'
import { TroubleError } from '../wallet/trouble.ts'
import { nowS, useDesk, useFigures } from './context.ts'
import { Mark } from './Mark.tsx'

/** A plug of one's own: its price, its place on maps, open or closed. */
export const OwnPlug = ({
  plug,
  owner,
  busy,
  run,
  onCall,
}: {
  plug: Plug
  owner: Address
  busy: boolean
  run: (work: () => Promise<void>) => Promise<void>
  onCall: (data: Hex) => Promise<void>
}) => {
  const { say, locale, deployment } = useDesk()
  const { price } = useFigures()
  const [text, setText] = useState('')
  const micro = parseMoney(text, locale)
  const relist = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const number = (name: string): number => Number(String(form.get(name) ?? '').replace(',', '.') || Number.NaN)
    const change = { name: String(form.get('name') ?? ''), lat: number('lat'), lon: number('lon') }
    const fault = placeFault(change)
    if (fault === undefined) return void onCall(relistCall(plug, change))
    void run(async () => {
      throw new TroubleError({ word: 'operator.badForm', values: { what: say(`operator.${fault}`) } })
    })
  }
  return (
    <div className="card" data-own={plug.evseId}>
      <p>
        <Mark kind={plug.active ? 'free' : 'closed'} word={plug.active ? 'operator.isOpen' : 'operator.isClosed'} />{' '}
        <strong>{plug.name}</strong> <span className="muted">{plug.evseId}</span>{' '}
        {plug.offer && say('plug.perKWh', { price: price(plug.offer.pricePerKWh) })}
      </p>
      <label className="field">
        <span>{say('operator.price')}</span>
        <input name="price" inputMode="decimal" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <div className="buttons">
        <button
          type="button"
          className="outline"
          disabled={busy || micro === undefined || micro <= 0n}
          onClick={() => {
            const payee = plug.offer?.payee ?? owner
            void onCall(priceCall(plug, deployment.addresses.tokens[0]!.address, payee, micro ?? 0n, nowS()))
          }}
        >
          {say('operator.setPrice')}
        </button>
        <button
          type="button"
          className="outline"
          disabled={busy}
          onClick={() => void onCall(setActiveCall(plug, !plug.active))}
        >
          {say(plug.active ? 'operator.close' : 'operator.open')}
        </button>
      </div>
      <details>
        <summary>{say('operator.edit')}</summary>
        <form className="grid" onSubmit={relist}>
          <label className="field">
            <span>{say('operator.name')}</span>
            <input name="name" defaultValue={plug.name} />
          </label>
          <label className="field">
            <span>{say('operator.lat')}</span>
            <input name="lat" inputMode="decimal" defaultValue={plug.lat} />
          </label>
          <label className="field">
            <span>{say('operator.lon')}</span>
            <input name="lon" inputMode="decimal" defaultValue={plug.lon} />
          </label>
          <button type="submit" className="outline" disabled={busy}>
            {say('operator.relist')}
          </button>
        </form>
      </details>
    </div>
  )
}
