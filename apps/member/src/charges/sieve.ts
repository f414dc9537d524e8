import type { Charge } from './charge.ts'

/** What the history is narrowed to; an empty field lets everything through. */
export interface Sieve {
  /** Free text over place and EVSE id. */
  readonly text: string
  readonly from: string
  readonly to: string
  readonly place: string
  readonly operator: string
  readonly state: string
  readonly vehicle: string
  /** Whole euro. */
  readonly least: string
  readonly most: string
}

export const openSieve: Sieve = {
  text: '',
  from: '',
  to: '',
  place: '',
  operator: '',
  state: '',
  vehicle: '',
  least: '',
  most: '',
}

/** The charges that pass; `vehicleOf` says whose car it was. */
export const sift = (
  charges: readonly Charge[],
  sieve: Sieve,
  vehicleOf: (charge: Charge) => string | undefined,
): readonly Charge[] => {
  const text = plain(sieve.text)
  const least = microOf(sieve.least)
  const most = microOf(sieve.most)
  const tests: ((charge: Charge) => boolean)[] = [
    ...(text === '' ? [] : [(charge: Charge) => plain(`${charge.place} ${charge.evseId}`).includes(text)]),
    ...(sieve.from === '' ? [] : [({ local }: Charge) => local.day >= sieve.from]),
    ...(sieve.to === '' ? [] : [({ local }: Charge) => local.day <= sieve.to]),
    ...(sieve.place === '' ? [] : [({ place }: Charge) => place === sieve.place]),
    ...(sieve.operator === '' ? [] : [({ operator }: Charge) => operator === sieve.operator]),
    ...(sieve.state === '' ? [] : [({ state }: Charge) => state === sieve.state]),
    ...(sieve.vehicle === '' ? [] : [(charge: Charge) => vehicleOf(charge) === sieve.vehicle]),
    ...(least === undefined ? [] : [({ costMicro }: Charge) => costMicro >= least]),
    ...(most === undefined ? [] : [({ costMicro }: Charge) => costMicro <= most]),
  ]
  return tests.length === 0 ? charges : charges.filter((charge) => tests.every((test) => test(charge)))
}

/** `Été` is found by `ete`, `FR*WRN*E1` by `frwrne1`. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f*\s]/g, '')
    .toLowerCase()

/** Euro as people type them, with a comma or a point; undefined for anything else. */
const microOf = (text: string): bigint | undefined => {
  const match = /^(\d{1,9})(?:[.,](\d{1,6}))?$/.exec(text.trim())
  return match ? BigInt(match[1]!) * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0')) : undefined
}

export const isNarrowed = (sieve: Sieve): boolean => Object.values(sieve).some((value) => value !== '')
