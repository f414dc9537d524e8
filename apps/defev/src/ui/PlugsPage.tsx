import { formatPower } from '@werenode/design'
import landUrl from '@werenode/map/base/land.svg?url'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { mostPowerW } from '../registry/plug.ts'
import { useDesk, useFigures } from './context.ts'
import { Mark } from './Mark.tsx'
import { useAnswer } from './useAnswer.ts'
import { useQuiet } from './useQuiet.ts'
import { linkTo } from './useRoute.ts'

/** Rows drawn at once; more are found by searching or on the map. */
const mostRows = 100

/** The land, 7 kB on the wire, in the colour of the page. */
const sketch = { mask: `url("${landUrl}")` } as const

const PlugMap = lazy(() => import('./PlugMap.tsx'))

/** Every plug the chain knows: a list and a map of the same things. */
export const PlugsPage = () => {
  const { say, locale, progress } = useDesk()
  const { price } = useFigures()
  const [words, setWords] = useState('')
  const [onlyFree, setOnlyFree] = useState(false)
  const late = useDeferredValue(words)
  const answer = useAnswer('search', { words: late, onlyFree, limit: mostRows })
  const { hits = [], found = 0 } = answer ?? {}
  // The list can be read and searched before the map, which keeps a slow device busy for a while.
  const drawn = useQuiet()
  return (
    <div className="plugs">
      <section className="plugs__list" aria-label={say('plugs.list')}>
        <h1>{say('app.line')}</h1>
        <label className="field">
          <span>{say('plugs.search')}</span>
          <input type="search" value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
        <label className="check">
          <input type="checkbox" checked={onlyFree} onChange={(event) => setOnlyFree(event.target.checked)} />
          {say('plugs.onlyFree')}
        </label>
        {answer !== undefined && found === 0 && progress.known && <p className="muted">{say('plugs.none')}</p>}
        <ul className="rows">
          {hits.map(({ plug, availability }) => (
            <li key={plug.key}>
              <a className="row" href={linkTo('plug', plug.key)} data-evse={plug.evseId}>
                <span className="row__main">
                  <strong>{plug.name}</strong>
                  <span className="muted">{plug.evseId}</span>
                </span>
                <span className="row__side">
                  <Mark kind={availability} />
                  <span className="muted">
                    {formatPower(mostPowerW(plug), locale)}
                    {plug.offer && ` · ${say('plug.perKWh', { price: price(plug.offer.pricePerKWh) })}`}
                  </span>
                </span>
              </a>
            </li>
          ))}
        </ul>
        {found > hits.length && <p className="muted">{say('plugs.more', { count: found - hits.length })}</p>}
      </section>
      <section className="plugs__map" aria-label={say('plugs.map')}>
        <div className="plugs__land" style={sketch} aria-hidden="true" />
        {drawn && (
          <Suspense fallback={null}>
            <PlugMap />
          </Suspense>
        )}
      </section>
    </div>
  )
}
