import { chaosRun } from './chaos/run.ts'
import { atLeast, equals, type Proof, told } from './figures.ts'

/**
 * A house of many processes on one machine, on NATS and one store: processes of every kind are killed, drained and frozen, the NATS
 * leader, the store and the chain are killed, while cars charge. At the end every session is over, nothing is lost or doubled, and
 * books and chain agree to the micro-euro. WERENODE_CHAOS_S sets how long faults are made.
 */
const chaos: Proof = async ({ long, report }) => {
  const seconds = Number(process.env.WERENODE_CHAOS_S ?? (long ? 1_800 : 20))
  const result = await chaosRun({
    seconds,
    house: long ? { relayers: 2, managers: 3, ocpp: 3, apis: 2 } : { relayers: 1, managers: 2, ocpp: 2, apis: 1 },
    natsServers: long || seconds >= 60 ? 3 : 1,
    settleWithinMs: long ? 300_000 : 120_000,
    report,
  })
  for (const fault of result.faults) report(`FAULT ${fault}`)
  for (const why of new Set(result.givenUp)) report(`given up: ${why}`)
  const made = Object.values(result.faultsMade).reduce((sum, count) => sum + count, 0)
  return {
    seconds: told(seconds),
    faultsMade: atLeast(made, long ? 100 : 3),
    kinds: told(
      Object.entries(result.faultsMade)
        .map(([name, count]) => `${name}: ${count}`)
        .join(', '),
    ),
    charges: atLeast(result.charges, long ? 100 : 1),
    sessions: told(result.sessions),
    settled: told(result.settled),
    refunded: told(result.refunded),
    acknowledgedStops: atLeast(result.acknowledgedStops, 1),
    paidMicro: told(result.paidMicro.toString()),
    handOverMs: told(result.handOverMs.join(' ')),
    lostOrDoubled: equals(result.faults.length, 0),
  }
}

export default chaos
