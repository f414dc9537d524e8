/** The steps of a charge in their order; a reading is one meter value on its way from the station to the driver. */
export const steps = ['quote', 'open', 'start', 'reading', 'stop', 'receipt', 'settle'] as const
export type Step = (typeof steps)[number]

/** What one run of walks took. */
export interface Tale {
  readonly walks: number
  /** From the driver's call to the driver's knowledge, ms, without the station's and the car's own time. */
  readonly waitedMs: Readonly<Record<Step, readonly number[]>>
  /** CPU of the server while a step was under way, ms a walk. What is left, and belongs to no other step, is the readings'. */
  readonly stepCpuMs: Readonly<Record<Step, number>>
  /** CPU of the server, and of the chain's node, ms a walk. Of all CPU, the share of an idle server is taken off. */
  readonly cpuMs: number
  readonly nodeCpuMs: number
  /** CPU of the server while nothing happens, ms a second. */
  readonly idleMsPerS: number
}

/** What a walk is made of: counted on the house, done again by the floor. */
export interface Work {
  readonly httpCalls: number
  /** Of the readings only those that were asked for. */
  readonly liveEvents: number
  /** OCPP frames, both ways; of the readings only those that were asked for. */
  readonly frames: number
  /** Rows written durably, each rewriting counted. */
  readonly rowsWritten: number
  readonly readings: number
}

/** Where a walk tells how far it is. */
export interface Tell {
  begin(): void
  end(step: Step, waitedMs: number): void
  reading(waitedMs: number): void
}

export const createMarks = (readCpuMs: () => number) => {
  const waitedMs = Object.fromEntries(steps.map((step) => [step, [] as number[]])) as Record<Step, number[]>
  const spent = Object.fromEntries(steps.map((step) => [step, { cpuMs: 0, wallMs: 0 }])) as Record<
    Step,
    { cpuMs: number; wallMs: number }
  >
  let last = { cpuMs: 0, at: 0 }
  const tell: Tell = {
    begin: () => {
      last = { cpuMs: readCpuMs(), at: performance.now() }
    },
    end: (step, waited) => {
      waitedMs[step].push(waited)
      const now = { cpuMs: readCpuMs(), at: performance.now() }
      spent[step].cpuMs += now.cpuMs - last.cpuMs
      spent[step].wallMs += now.at - last.at
      last = now
    },
    reading: (waited) => void waitedMs.reading.push(waited),
  }
  return {
    ...tell,
    tale: (walks: number, all: Pick<Tale, 'cpuMs' | 'nodeCpuMs' | 'idleMsPerS'>): Tale => {
      const ofStep = (step: Step) => (spent[step].cpuMs - (spent[step].wallMs / 1000) * all.idleMsPerS) / walks
      const stepCpuMs = Object.fromEntries(steps.map((step) => [step, ofStep(step)])) as Record<Step, number>
      stepCpuMs.reading = all.cpuMs - steps.reduce((sum, step) => sum + (step === 'reading' ? 0 : stepCpuMs[step]), 0)
      return { walks, waitedMs, stepCpuMs, ...all }
    },
  }
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Rounds of equally many walks as one tale. */
export const together = (rounds: readonly Tale[]): Tale => {
  const mean = (of: (tale: Tale) => number) => rounds.reduce((sum, tale) => sum + of(tale), 0) / rounds.length
  const each = <T>(of: (step: Step) => T) =>
    Object.fromEntries(steps.map((step) => [step, of(step)])) as Record<Step, T>
  return {
    walks: rounds.reduce((sum, { walks }) => sum + walks, 0),
    waitedMs: each((step) => rounds.flatMap(({ waitedMs }) => waitedMs[step])),
    stepCpuMs: each((step) => mean(({ stepCpuMs }) => stepCpuMs[step])),
    cpuMs: mean(({ cpuMs }) => cpuMs),
    nodeCpuMs: mean(({ nodeCpuMs }) => nodeCpuMs),
    idleMsPerS: mean(({ idleMsPerS }) => idleMsPerS),
  }
}
