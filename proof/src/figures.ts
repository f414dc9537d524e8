/** One measured figure beside the bar it is held to. */
export interface Figure {
  readonly value: number | string | boolean
  /** The bar in words or as a number, e.g. `0`, `">= 20"`, `"<= 1.5 x floor"`; undefined where the figure is only told. */
  readonly bar?: number | string | boolean
  readonly holds: boolean
}
export type Figures = Readonly<Record<string, Figure>>

export interface ProofContext {
  /** Prints a line of progress. */
  readonly report: (text: string) => void
  /** The whole proof; the quick one ends within 50 s on a built tree. */
  readonly long: boolean
}

/** What every program of proof/ exports by default. */
export type Proof = (context: ProofContext) => Promise<Figures>

/** Thrown by a proof whose equipment (a browser, a broker) is not on this machine: counted as skipped, never as passed. */
export class EquipmentMissing extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EquipmentMissing'
  }
}

/** A figure that must equal its bar. */
export const equals = <T extends number | string | boolean>(value: T, bar: T): Figure => ({
  value,
  bar,
  holds: value === bar,
})
export const atMost = (value: number, bar: number): Figure => ({ value, bar: `<= ${bar}`, holds: value <= bar })
export const atLeast = (value: number, bar: number): Figure => ({ value, bar: `>= ${bar}`, holds: value >= bar })
/** Told, not judged: absolute times depend on the machine. */
export const told = (value: number | string): Figure => ({ value, holds: true })
