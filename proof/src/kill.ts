import { atLeast, equals, type Proof, told } from './figures.ts'
import { isEffect, killRun } from './kill/run.ts'

/**
 * Kills the server at randomised and named points while cars charge, and proves at the end that every deposit was settled or given
 * back exactly once, that books and chain agree to the micro-euro, and that no acknowledged end of a charge is lost. Then it proves
 * that it would notice: with the outbox write removed it must find faults.
 */
const kill: Proof = async ({ long, report }) => {
  const seed = Number(process.env.WERENODE_SEED ?? Date.now() % 1_000_000)
  report(`seed ${seed} (WERENODE_SEED repeats it)`)
  const result = await killRun({
    kills: long ? 200 : 4,
    charges: long ? 100 : 4,
    seed,
    settleWithinMs: long ? 180_000 : 90_000,
    everyEffect: long,
    report,
  })
  for (const fault of result.faults) report(`FAULT ${fault}`)
  for (const why of new Set(result.givenUp)) report(`given up: ${why}`)
  const seeded = long
    ? await killRun({ kills: 30, charges: 20, seed, fault: 'outbox', settleWithinMs: 20_000, report })
    : undefined
  const missed = result.pointsSeen.filter((name) => isEffect(name) && !result.pointsKilledAt.includes(name))
  return {
    kills: atLeast(result.kills, long ? 200 : 4),
    charges: atLeast(result.charges, long ? 100 : 4),
    cardCharges: told(result.cardCharges),
    namedPointsKilledAt: told(result.pointsKilledAt.length),
    effectsNotKilledAt: long ? equals(missed.join(' '), '') : told(missed.length),
    namedPointsSeen: told(result.pointsSeen.length),
    sessions: told(result.sessions),
    settled: told(result.settled),
    refunded: told(result.refunded),
    acknowledgedStops: atLeast(result.acknowledgedStops, 1),
    paidMicro: told(result.paidMicro.toString()),
    lostOrDoubled: equals(result.faults.length, 0),
    ...(seeded === undefined ? {} : { faultsFoundWithoutOutbox: atLeast(seeded.faults.length, 1) }),
  }
}

export default kill
