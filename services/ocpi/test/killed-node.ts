import { createInProcessBus } from '@werenode/bus'
import { openSqliteStore } from '@werenode/store'
import { pino } from 'pino'
import { createOcpiService } from '../src/service.ts'
import { emspParty, token } from './samples.ts'

/**
 * A node in a process of its own, to be killed: `killed-node.ts FILE PORT POINT URL TOKEN`. Registers with the partner at URL unless
 * it knows one, puts a token of its own, and dies by SIGKILL at POINT (or lives on when that is `none`).
 */
const [file, port, point, url, tokenA] = process.argv.slice(2) as [string, string, string, string, string]
globalThis.werenodeFaultPoint = (name) => {
  if (name === point) process.kill(process.pid, 'SIGKILL')
}
const clock = () => new Date()
const store = await openSqliteStore({ file })
const bus = await createInProcessBus({ store, clock })
const ocpi = createOcpiService({
  store,
  bus,
  clock,
  log: pino({ level: 'fatal' }),
  origin: `http://127.0.0.1:${port}`,
  party: emspParty,
  pullEveryMs: 0,
  outbox: { firstPauseMs: 20, longestPauseMs: 200 },
})
await ocpi.listen({ port: Number(port) })
await ocpi.start()
if ((await ocpi.partners.list()).length === 0) await ocpi.partners.add({ url, token: tokenA })
for (;;) {
  const [partner] = await ocpi.partners.list()
  if (partner?.state === 'registered') break
  await new Promise((resolve) => setTimeout(resolve, 20))
}
for (let i = 1; i <= 5; i += 1) await ocpi.putOwn('tokens', token({ uid: `CARD-${i}`, contract_id: `DE-ABC-C${i}` }))
process.stdout.write('ready\n')
