import { execFile } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const setting = 'WERENODE_OCPI_TARIFFS'

/** What another engine makes of a CDR. Money to 4 decimals; a cost of 0 may also mean that nothing was priced. */
export interface OtherPrice {
  readonly total: Money
  readonly energy: Money
  readonly time: Money
  readonly parking: Money
  readonly fixed: Money
  readonly energyKWh: number
  readonly totalSeconds: number
  readonly parkingSeconds: number
}
export interface Money {
  readonly excl: number
  readonly incl: number
}

export interface OtherEngine {
  /** As it names itself. */
  readonly name: string
  /** Prices a CDR by the tariff inside it. @throws Error with the engine's own words when it refuses the CDR. */
  price(cdr: object, timeZone: string, version: '2.1.1' | '2.2.1'): Promise<OtherPrice>
  close(): void
}

/** Where the program is, or what to do to have it. */
export const findOtherEngine = (): { readonly path: string } | { readonly missing: string } => {
  const named = process.env[setting]
  if (named !== undefined && named !== '')
    return isProgram(named) ? { path: named } : { missing: `${setting} names ${named}, which is no program here` }
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'ocpi-tariffs'))
    .find(isProgram)
  return found === undefined
    ? {
        missing: `the program ocpi-tariffs is neither on PATH nor named by ${setting}: cargo install ocpi-tariffs-cli --version 0.48.0`,
      }
    : { path: found }
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** ocpi-tariffs, a pricing engine in Rust of other hands, as it is published: one run of the program a CDR. */
export const openOtherEngine = async (path: string): Promise<OtherEngine> => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-other-engine-'))
  const file = join(folder, 'cdr.json')
  const { stdout } = await run(path, ['--version'])
  return {
    name: stdout.trim(),
    price: async (cdr, timeZone, version) => {
      writeFileSync(file, JSON.stringify(cdr))
      const asked = [
        'price',
        '--cdr',
        file,
        '--timezone',
        timeZone,
        '--ocpi-version',
        `v${version.replaceAll('.', '')}`,
      ]
      const answer = await run(path, asked, { env: { NO_COLOR: '1' } })
      return read(answer.stdout)
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The second table: a line per property, what the engine calculated, what the CDR says. */
const read = (text: string): OtherPrice => {
  const cells = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, property, calculated] = line.split('|').map((cell) => cell.trim())
    if (property?.startsWith('Total ') && calculated !== undefined) cells.set(property, calculated)
  }
  const cell = (property: string): string => {
    const found = cells.get(property)
    if (found === undefined) throw new Error(`The other engine printed no "${property}":\n${text.slice(0, 2_000)}`)
    return found
  }
  const number = (property: string): number => {
    const digits = /-?\d+(\.\d+)?/.exec(cell(property))
    return digits === null ? 0 : Number(digits[0])
  }
  const money = (name: string): Money => ({
    excl: number(`${name} (Excl.)`),
    incl: number(`${name} (Incl.)`),
  })
  const seconds = (property: string): number => {
    // ISO 8601: P1DT30S; a dash where there was none.
    const [, days = '0', rest = '0'] = /^P(?:(\d+)D)?(?:T([\d.]+)S)?$/.exec(cell(property)) ?? []
    return Number(days) * 86_400 + Number(rest)
  }
  return {
    total: money('Total Cost'),
    energy: money('Total Energy Cost'),
    time: money('Total Time Cost'),
    parking: money('Total Idle Cost'),
    fixed: money('Total Fixed Cost'),
    energyKWh: number('Total Energy'),
    totalSeconds: seconds('Total Time'),
    parkingSeconds: seconds('Total Parking Time'),
  }
}
