import { openSqliteStore } from '@werenode/store'
import { type Kind, startContestant } from './contestants.ts'

/** One contestant in a process of its own, so that its CPU and its memory are its own. Asked for its figures by messages. */
const [kind, folder, stations] = process.argv.slice(2) as [Kind, string, string]
const { port, connected } = await startContestant(kind, await openSqliteStore({ folder }), Number(stations))

process.on('message', (question: 'cpu' | 'memory') => {
  const cpu = process.cpuUsage()
  if (question === 'memory') {
    // The second collection finds what the first one's finalisers let go.
    globalThis.gc?.()
    globalThis.gc?.()
  }
  process.send!({ cpuUs: cpu.user + cpu.system, rssBytes: process.memoryUsage().rss, connected: connected() })
})
process.send!({ port })
