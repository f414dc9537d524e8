import { openSqliteStore } from '@werenode/store'
import { type Kind, startContestant } from './contestants.ts'

/** One contestant in a process of its own, so that its CPU and its memory are its own. Asked for its figures by messages. */
const [kind, folder, stations] = process.argv.slice(2) as [Kind, string, string]
const { port, connected, settle } = await startContestant(kind, await openSqliteStore({ folder }), Number(stations))

const giveBack = (): void => void globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })

process.on('message', async (question: 'cpu' | 'memory' | 'settle') => {
  if (question === 'settle') await settle?.()
  const cpu = process.cpuUsage()
  if (question === 'memory') {
    // An ordinary collection keeps up to 50 MB of room for objects to come: that is the process's own, and weighs more than the
    // connections. The second one finds what the first one's finalisers let go.
    giveBack()
    await new Promise((resolve) => setTimeout(resolve, 300))
    giveBack()
  }
  process.send!({ cpuUs: cpu.user + cpu.system, rssBytes: process.memoryUsage().rss, connected: connected() })
})
process.send!({ port })
