import { useWords } from '../words/useWords'
import { niceMost } from './nice-most'

export interface ChartPoint {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly value: number
}

interface ChartProps {
  readonly label: string
  readonly points: readonly ChartPoint[]
  readonly from: number
  readonly to: number
  readonly words: (value: number) => string
  readonly timeWords: (at: number) => string
  /** Bars reach from one `at` to the next, over this many milliseconds; without it a line joins the points. */
  readonly barMs?: number
  /** The scale reaches at least so far. */
  readonly least?: number
}

const [width, height, left, right, top, bottom] = [640, 220, 116, 12, 14, 30]

/** A figure over time, drawn; the same in a table for who cannot see it. */
export const Chart = ({ label, points, from, to, words, timeWords, barMs, least = 0 }: ChartProps) => {
  const { t } = useWords()
  const most = niceMost(Math.max(least, ...points.map(({ value }) => value)))
  const x = (at: number): number => left + ((width - left - right) * (at - from)) / Math.max(1, to - from)
  const y = (value: number): number => top + (height - top - bottom) * (1 - value / most)
  const line = points
    .map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)
    .join(' ')
  return (
    <figure className="wn-chart">
      <figcaption>{label}</figcaption>
      <svg className="wn-curve" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line x1={left} x2={width - right} y1={y(most * part)} y2={y(most * part)} stroke="var(--wn-line-subtle)" />
            <text x={left - 8} y={y(most * part) + 4} textAnchor="end" fill="var(--wn-text-muted)">
              {words(most * part)}
            </text>
          </g>
        ))}
        {[0, 0.5, 1].map((part) => (
          <text
            key={part}
            x={left + (width - left - right) * part}
            y={height - 8}
            textAnchor={part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}
            fill="var(--wn-text-muted)"
          >
            {timeWords(from + (to - from) * part)}
          </text>
        ))}
        {barMs === undefined ? (
          <path d={line} fill="none" stroke="var(--wn-chart-1)" strokeWidth="2" strokeLinejoin="round" />
        ) : (
          points.map(({ at, value }) => (
            <rect
              key={at}
              x={x(at) + 1}
              width={Math.max(1, x(at + barMs) - x(at) - 2)}
              y={y(value)}
              height={Math.max(0, y(0) - y(value))}
              rx={2}
              fill="var(--wn-chart-1)"
            />
          ))
        )}
      </svg>
      <details>
        <summary>{t('desk.asTable')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
        <section className="wn-chart__table" aria-label={label} tabIndex={0}>
          <table>
            <tbody>
              {points.map(({ at, value }) => (
                <tr key={at}>
                  <th scope="row">{timeWords(at)}</th>
                  <td>{words(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  )
}
