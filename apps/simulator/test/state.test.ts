import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'

let house: House
let folder: string
beforeEach(async () => {
  house = await openHouse()
  folder = mkdtempSync(join(tmpdir(), 'werenode-state-'))
})
afterEach(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

it('ends after a power cut of the whole process what ran before it, with the register as the meter kept it', async () => {
  const station = {
    id: 'SIM-1',
    version: '1.6',
    plugged: true,
    speed: 60,
    stateFile: join(folder, 'deep', 'state.json'),
  } as const
  const before = await house.simulate([station])
  await house.start('SIM-1')
  const started = await house.event('transaction.started')
  const meter = await house.event('transaction.meter', ({ registerWh }) => registerWh! > started.registerWh! + 50)
  // The register is written every second.
  await before.waitFor('meter', ({ registerWh }) => registerWh > meter.registerWh! + 200)
  await before.kill()
  await house.simulate([station])
  const ended = await house.event('transaction.ended')
  expect(ended).toMatchObject({ transactionId: started.transactionId, reason: 'PowerLoss', estimated: false })
  expect(ended.registerWh!).toBeGreaterThanOrEqual(meter.registerWh!)
})
