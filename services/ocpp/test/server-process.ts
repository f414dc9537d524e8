import { createInProcessBus } from '@werenode/bus'
import { answer } from '@werenode/core'
import { openSqliteStore } from '@werenode/store'
import pino from 'pino'
import { createOcppService } from '../src/index.ts'

/** The service in a process of its own, to be killed: `node server-process.ts FOLDER PORT`. */
const [folder, port] = process.argv.slice(2)
const store = await openSqliteStore({ folder: folder! })
const clock = () => new Date()
const bus = await createInProcessBus({ store, clock })
answer(bus, 'manager.authorize', async () => ({ status: 'Accepted' }))
const service = createOcppService({
  store,
  bus,
  clock,
  log: pino({ level: 'silent' }),
  port: Number(port),
  host: '127.0.0.1',
})
await service.start()
process.stdout.write(`${service.port}\n`)
