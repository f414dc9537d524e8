import { atLeast, atMost, type Figure, type Proof, told } from './figures.ts'
import { loadByProcesses } from './scale/processes.ts'
import { costBySize } from './scale/sessions.ts'

/**
 * What one, two and four OCPP processes carry, and what a charge costs a house that keeps few or many sessions: the cost must stay flat. What
 * follows from it for a million stations is a model, and stands in docs/scale.md. WERENODE_SCALE_MOST sets the largest store.
 */
const scale: Proof = async ({ long, report }) => {
  const most = Number(process.env.WERENODE_SCALE_MOST ?? (long ? 1_000_000 : 50_000))
  const sizes = [1_000, 10_000, 50_000, 100_000, 1_000_000].filter((size) => size < most)
  const chosen = long ? [...sizes, most] : [1_000, most]
  const byProcesses = await loadByProcesses(
    long ? [1, 2, 4] : [1, 2],
    long ? { lines: 800, readings: 8_000, rounds: 5 } : { lines: 100, readings: 1_000, rounds: 3 },
    report,
  )
  const bySize = await costBySize(chosen, long ? 7 : 3, report)
  const [first, last] = [bySize[0]!, bySize.at(-1)!]
  const figures: Record<string, Figure> = {}
  for (const { processes, connections, connectionsPerS, messagesPerS, ocppUs, storeUs } of byProcesses) {
    figures[`connectionsAt${processes}`] = atLeast(connections, long ? 800 : 100)
    figures[`connectionsPerSAt${processes}`] = told(connectionsPerS)
    figures[`messagesPerSAt${processes}`] = told(messagesPerS)
    figures[`ocppUsAt${processes}`] = told(ocppUs)
    figures[`storeUsAt${processes}`] = told(storeUs)
  }
  for (const { sessions, cpuMs, storeMB } of bySize)
    figures[`cpuMsAt${Math.round(sessions / 1_000)}k`] = told(`${cpuMs.toFixed(1)} (${storeMB} MB)`)
  return {
    ...figures,
    // A process pays the same for a charge however many it keeps; a noisy machine alone moves the figure by a fifth.
    costOfManyToFew: atMost(Number((last.cpuMs / first.cpuMs).toFixed(2)), 1.3),
  }
}

export default scale
