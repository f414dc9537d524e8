import { createInterface } from 'node:readline'
import { createInProcessBus } from '@werenode/bus'
import { stationCommandSubject } from '@werenode/core'
import { openSqliteStore } from '@werenode/store'
import pino from 'pino'
import { createMqttService } from '../src/index.ts'

/** The service on a durable store in a process of its own, to be killed: `node victim.ts FOLDER PORT`. Orders come by line, answers as JSON. */
const [folder = '', port = ''] = process.argv.slice(2)
const clock = () => new Date()
const store = await openSqliteStore({ folder })
const bus = await createInProcessBus({ store, clock })
const service = createMqttService({
  store,
  bus,
  clock,
  log: pino({ level: 'silent' }),
  port: Number(port),
  host: '127.0.0.1',
  times: { startTimeoutMs: 20_000, repeatMs: 300, tickMs: 50, meterEveryMs: 0 },
  limits: { packetsPerS: 100_000, burst: 100_000 },
})
await service.start()
if (service.plugs().length === 0)
  await service.addPlug({
    plugId: 'P1',
    family: 'tasmota',
    variables: { topic: 'tasmota_P1' },
    ratedPowerW: 2_300,
    password: 'password-of-P1',
  })
const say = (told: unknown): void => void process.stdout.write(`${JSON.stringify(told)}\n`)
say('ready')
createInterface({ input: process.stdin }).on('line', async (order) => {
  if (order === 'start')
    say(
      await bus.request(stationCommandSubject('P1'), {
        verb: 'start',
        evse: 1,
        connector: 1,
        sessionId: `0x${'1'.repeat(64)}`,
        idTag: 'A',
        remoteStartId: 1,
      }),
    )
  if (order === 'look')
    say({
      live: service.live('P1'),
      counters: (await service.history('P1', { limit: 10_000 })).map(({ value }) => value.c),
      registers: (await service.history('P1', { limit: 10_000 })).map(({ value }) => value.wh),
      started: (await bus.replay({ afterSeq: 0, types: ['transaction.started'], limit: 100 })).length,
      transactions: (await store.find('mqtt_transactions', {})).items,
    })
})
