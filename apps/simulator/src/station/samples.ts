import { phasesOf } from '../physics/supply.ts'
import type { Evse, LocalTransaction } from './evse.ts'

export interface Measured {
  readonly measurand: string
  readonly value: number
  readonly unit: string
  readonly phase?: string
}

/** What the meter shows now, in the way the station's habits report it. */
export const measure = (
  evse: Evse,
  transaction: LocalTransaction | undefined,
  habit: (name: string) => boolean,
): readonly Measured[] => {
  const { supply, car } = evse
  const registerWh =
    habit('session-register') && transaction ? supply.registerWh - transaction.startWh : supply.registerWh
  const byPhase = habit('phases-only') || habit('phases-to-neutral')
  const suffix = habit('phases-to-neutral') ? '-N' : ''
  const phases = phasesOf(supply)
  const register = 'Energy.Active.Import.Register'
  return [
    ...(byPhase
      ? phases.map(({ name }) => ({
          measurand: register,
          value: registerWh / phases.length,
          unit: 'Wh',
          phase: `${name}${suffix}`,
        }))
      : [{ measurand: register, value: registerWh, unit: 'Wh' }]),
    ...(byPhase
      ? phases.map(({ name, watts }) => ({
          measurand: 'Power.Active.Import',
          value: watts,
          unit: 'W',
          phase: `${name}${suffix}`,
        }))
      : [{ measurand: 'Power.Active.Import', value: supply.powerW, unit: 'W' }]),
    ...phases.map(({ name, amperes }) => ({ measurand: 'Current.Import', value: amperes, unit: 'A', phase: name })),
    ...phases.map(({ name, volts }) => ({ measurand: 'Voltage', value: volts, unit: 'V', phase: `${name}-N` })),
    // Only DC stations hear the state of charge from the car.
    ...(supply.dc && car ? [{ measurand: 'SoC', value: Math.round(car.socPercent), unit: 'Percent' }] : []),
  ]
}
