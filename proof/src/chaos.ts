import { type ChaosPlan, chaosRun } from './chaos/run.ts'
import { atLeast, equals, type Proof, told } from './figures.ts'

const kinds = ['relayer', 'manager', 'ocpp', 'api', 'mqtt', 'roaming', 'store', 'chain']
/** From here on a run has the whole house, with servers of NATS of which one may die. */
const WHOLE_FROM_S = 120

const planOf = (seconds: number, long: boolean): Omit<ChaosPlan, 'report'> => {
  if (seconds < WHOLE_FROM_S)
    return {
      house: { relayers: 1, managers: 2, ocpp: 2, apis: 1, mqtts: 1, roamings: 1 },
      load: { stations: 24, lanes: 8, chargeS: 4, meterIntervalS: 1, pollMs: 300 },
      harm: { seconds, everyFault: false, lastsMs: [1_500, 3_000], pauseMs: [200, 600], kinds },
      natsServers: 1,
      settleWithinMs: 120_000,
    }
  return {
    house: { relayers: 2, managers: 2, ocpp: 3, apis: 2, mqtts: 1, roamings: 1 },
    load: long
      ? { stations: 2_000, lanes: 200, chargeS: 60, meterIntervalS: 15, pollMs: 3_000 }
      : { stations: 300, lanes: 40, chargeS: 15, meterIntervalS: 3, pollMs: 1_000 },
    harm: { seconds, everyFault: true, lastsMs: [3_000, 12_000], pauseMs: [500, 3_000], kinds },
    natsServers: 3,
    settleWithinMs: 420_000,
  }
}

/**
 * A house of many processes on one machine, on NATS and one store: processes of every kind are killed, drained and frozen, cut off from bus
 * and store, the NATS leader, the store and the chain are killed, the store's disk is full, clocks jump, while cars charge. At the end
 * every session is over, nothing is lost or doubled, and books and chain agree to the micro-euro. WERENODE_CHAOS_S sets how
 * long faults are made: 180 is the variant of three minutes.
 */
const chaos: Proof = async ({ long, report }) => {
  const seconds = Number(process.env.WERENODE_CHAOS_S ?? (long ? 1_800 : 14))
  const plan = planOf(seconds, long)
  const result = await chaosRun({ ...plan, report })
  for (const fault of result.faults) report(`FAULT ${fault}`)
  for (const why of new Set(result.givenUp)) report(`given up: ${why}`)
  for (const words of result.fallen) report(`ENDED BY ITSELF ${words}`)
  const made = Object.entries(result.made)
  const never = made.filter(([, count]) => count === 0).map(([name]) => name)
  const isWhole = seconds >= WHOLE_FROM_S
  const faults = made.reduce((sum, [, count]) => sum + count, 0)
  return {
    seconds: told(seconds),
    processes: told(result.processes),
    stations: equals(result.stationsConnected, plan.load.stations),
    sessionsAtOnce: atLeast(result.mostAtOnce, isWhole ? Math.floor(plan.load.lanes / 2) : 1),
    faultsMade: atLeast(faults, Math.floor(seconds / 20) + 2),
    kindsOfFaults: told(made.length),
    neverMade: isWhole ? equals(never.join(', '), '') : told(never.join(', ')),
    kinds: told(
      made
        .filter(([, count]) => count > 0)
        .map(([name, count]) => `${name}: ${count}`)
        .join(', '),
    ),
    charges: atLeast(result.charges, plan.load.lanes),
    givenUp: told(result.givenUp.length),
    sessions: told(result.sessions),
    settled: told(result.settled),
    refunded: told(result.refunded),
    acknowledgedStops: atLeast(result.acknowledgedStops, 1),
    acknowledgedReadings: told(result.acknowledgedReadings),
    paidMicro: told(result.paidMicro.toString()),
    handOverMs: told(result.handOverMs.join(' ')),
    endedByThemselves: equals(result.fallen.length, 0),
    lostOrDoubled: equals(result.faults.length, 0),
  }
}

export default chaos
