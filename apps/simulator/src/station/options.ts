import type { OcmfCurve } from '../meter-signature.ts'
import { isMisbehaviour, type Misbehaviour } from '../misbehave/switches.ts'
import type { CarOptions } from '../physics/car.ts'

export type SimVersion = '1.6' | '2.0.1' | '2.1'

/** One simulated station, as flags or a stations file describe it. */
export interface StationOptions {
  readonly id: string
  /** `ws://host:port/ocpp/`; the identity is appended. */
  readonly url: string
  readonly version: SimVersion
  readonly password?: string
  /** EVSEs with one connector each. Default 1. */
  readonly evses?: number
  /** Default 22,000, or 150,000 on DC. */
  readonly maxPowerW?: number
  readonly phases?: 1 | 3
  readonly dc?: boolean
  /** Register of every meter at first start, Wh. Default 12,345,678. */
  readonly registerWh?: number
  /** How many times faster than ours its world runs. Default 1. */
  readonly speed?: number
  /** Seconds between meter values until the server sets another. Default 60. */
  readonly meterIntervalS?: number
  /** Cars that stand at every plug from the start. */
  readonly plugged?: boolean
  readonly car?: CarOptions
  /** A car comes when a remote start arrives at an empty plug, and leaves after its charge ended. */
  readonly auto?: boolean
  readonly misbehave?: readonly string[]
  /** Keeps registers, running transactions and unsent messages over a restart. */
  readonly stateFile?: string
  /** File with the private key of its meters (PEM, made when missing): they sign OCMF at the begin and the end of a transaction. */
  readonly ocmfKey?: string
  readonly ocmfCurve?: OcmfCurve
  readonly vendor?: string
  readonly model?: string
  /** First pause before it reconnects, ms of real time. Default 1,000, doubling, jittered. */
  readonly reconnectMs?: number
  /** Longest such pause. Default 30,000. */
  readonly reconnectMaxMs?: number
  /** Real time an answer may take. Default 30,000. */
  readonly callTimeoutMs?: number
}

export const habitsOf = (names: readonly string[] = []): Set<Misbehaviour> => {
  const unknown = names.find((name) => !isMisbehaviour(name))
  if (unknown !== undefined)
    throw new Error(`There is no misbehaviour "${unknown}"; \`--misbehave list\` shows all of them`)
  return new Set(names as readonly Misbehaviour[])
}
