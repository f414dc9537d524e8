import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atLeast, atMost, EquipmentMissing, type Proof, told } from './figures.ts'
import { openFloor } from './walk/floor.ts'
import { openHouse, plugs } from './walk/house.ts'
import { median, quantile, type Step, steps, type Tale, together, type Work } from './walk/steps.ts'

const readings = 2
/** How long a settlement waits for others to share a transaction with: a choice, not a cost, and no part of the ratio. */
const batchWindowMs = 150
/** Steps a driver waits for at a stretch; a reading comes by itself. */
const waits = steps.filter((step) => step !== 'reading')

/**
 * What a charge costs, step by step, and how much more than the floor: the same number of calls, frames, durable rows, signatures and
 * transactions done barely. House and floor walk in turns, so that both meet the same machine. Ratios are judged, times are told.
 */
const walk: Proof = async ({ long, report }) => {
  if (process.platform !== 'linux')
    throw new EquipmentMissing('CPU of another process is read from /proc, which Linux has.')
  const folder = mkdtempSync(join(tmpdir(), 'werenode-walk-'))
  const opened = await Promise.allSettled([openHouse(join(folder, 'house')), openFloor(join(folder, 'floor'))])
  const [house, floor] = opened.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as [
    Awaited<ReturnType<typeof openHouse>> | undefined,
    Awaited<ReturnType<typeof openFloor>> | undefined,
  ]
  try {
    for (const one of opened) if (one.status === 'rejected') throw one.reason
    if (house === undefined || floor === undefined) throw new Error('House and floor did not open.')
    const warm = await house.walks(plugs, readings, 0)
    await floor.walks(plugs, warm.work)
    report('house and floor are open and warm')

    const rounds: { house: Tale; floor: Tale; work: Work }[] = []
    for (let round = 0; round < (long ? 25 : 3); round += 1) {
      const { tale, work } = await house.walks(plugs, readings, await house.idle(1000))
      rounds.push({ house: tale, work, floor: await floor.walks(plugs, work) })
      const { house: ours, floor: bare } = rounds.at(-1)!
      report(
        `${(round + 1) * plugs} walks: CPU ${ours.cpuMs.toFixed(0)} ms a walk (idle ${ours.idleMsPerS.toFixed(0)} ms/s), floor ${bare.cpuMs.toFixed(0)} ms`,
      )
    }
    await house.close()
    await floor.close()
    return figuresOf(
      together(rounds.map((round) => round.house)),
      together(rounds.map((round) => round.floor)),
      rounds.map(({ work }) => work),
      report,
    )
  } finally {
    await house?.kill()
    await floor?.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const figuresOf = (house: Tale, floor: Tale, works: readonly Work[], report: (line: string) => void) => {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
  const ratio = (a: number, b: number) => Math.round((a / b) * 100) / 100
  const step = (name: Step) => {
    const [ours, bare] = [house.waitedMs[name], floor.waitedMs[name]]
    const line =
      `${ms(median(ours))} (p95 ${ms(quantile(ours, 0.95))}), floor ${ms(median(bare))} (p95 ${ms(quantile(bare, 0.95))}); ` +
      `CPU ${ms(house.stepCpuMs[name])}, floor ${ms(floor.stepCpuMs[name])}`
    report(`${name.padEnd(8)} ${line}`)
    return [`${name}Step`, told(line)] as const
  }
  const waited = (tale: Tale) => waits.reduce((sum, name) => sum + median(tale.waitedMs[name]), 0)
  const housesOwn = waited(house) - batchWindowMs
  const most = (key: keyof Work) => Math.round(Math.max(...works.map((work) => work[key])) * 10) / 10
  return {
    walks: told(house.walks),
    readings: atLeast(house.waitedMs.reading.length, house.walks * readings),
    ...Object.fromEntries(steps.map(step)),
    cpuMsPerWalk: told(`${ms(house.cpuMs)}, floor ${ms(floor.cpuMs)}`),
    cpuToFloor: atMost(ratio(house.cpuMs, floor.cpuMs), bars.cpu),
    waitedMsPerWalk: told(`${ms(waited(house))}, of it ${batchWindowMs} ms batch window, floor ${ms(waited(floor))}`),
    waitedToFloor: atMost(ratio(housesOwn, waited(floor)), bars.waited),
    readingToFloor: told(ratio(median(house.waitedMs.reading), median(floor.waitedMs.reading))),
    chainNodeCpuToFloor: told(ratio(house.nodeCpuMs, floor.nodeCpuMs)),
    idleCpuMsPerS: told(Math.round(house.idleMsPerS * 10) / 10),
    // The floor does as much as the house does, so that doing more must be seen here.
    httpCallsPerWalk: atMost(most('httpCalls'), bars.httpCalls),
    liveEventsPerWalk: atMost(most('liveEvents'), bars.liveEvents),
    framesPerWalk: atMost(most('frames'), bars.frames),
    rowsWrittenPerWalk: atMost(most('rowsWritten'), bars.rowsWritten),
  }
}

const bars = { cpu: 2.5, waited: 5, httpCalls: 7, liveEvents: 16, frames: 24, rowsWritten: 240 }

export default walk
