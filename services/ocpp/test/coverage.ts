import type { Desks } from '../src/desks.ts'
import { outgoingOf } from '../src/link/converse.ts'
import { handlers16 } from '../src/v16/handlers.ts'
import { handlers21 } from '../src/v21/handlers.ts'
import { handlers201 } from '../src/v201/handlers.ts'
import { schemasOf } from '../src/wire/schemas.ts'
import { type OcppVersion, ocppVersions } from '../src/wire/version.ts'
import type { Exchange, TestedElsewhere } from './exchanges/exchange.ts'
import { elsewhere16, exchanges16 } from './exchanges/v16.ts'
import { elsewhere21, exchanges21 } from './exchanges/v21.ts'
import { elsewhere201, exchanges201, only201 } from './exchanges/v201.ts'

/** One action in one direction of one version. */
export interface Cell {
  readonly action: string
  readonly direction: 'in' | 'out'
  /** The file of the handler. */
  readonly handled: string
  /** The file of the test; undefined where there is none. */
  readonly tested: string | undefined
}

const tested: Record<OcppVersion, readonly (Exchange | TestedElsewhere)[]> = {
  'ocpp1.6': [...exchanges16, ...elsewhere16],
  'ocpp2.0.1': [...exchanges201, ...only201, ...elsewhere201],
  'ocpp2.1': [...exchanges201, ...exchanges21, ...elsewhere201, ...elsewhere21],
}

const folderOf = (version: OcppVersion, action: string): string =>
  version === 'ocpp1.6' ? 'v16' : schemasOf('ocpp2.0.1').actions.has(action) ? 'v201' : 'v21'

/** Only the names are asked for: no desk is touched before a message comes. */
const noDesks = {} as Desks
const handlersOf: Record<OcppVersion, object> = {
  'ocpp1.6': handlers16(noDesks),
  'ocpp2.0.1': handlers201(noDesks),
  'ocpp2.1': handlers21(noDesks),
}

/** What the code and the tests say of themselves; nothing is written by hand. */
export const cellsOf = (version: OcppVersion): readonly Cell[] => {
  const cell = (action: string, direction: 'in' | 'out'): Cell => {
    const found = tested[version].find((test) => test.action === action && test.direction === direction)
    return {
      action,
      direction,
      handled: `src/${folderOf(version, action)}/${action}.ts`,
      tested: found && ('test' in found ? `test/${found.test}` : 'test/exchanges.test.ts'),
    }
  }
  return [
    ...Object.keys(handlersOf[version]).map((action) => cell(action, 'in')),
    ...Object.keys(outgoingOf[version]).map((action) => cell(action, 'out')),
  ].sort((a, b) => a.action.localeCompare(b.action) || a.direction.localeCompare(b.direction))
}

/** Actions of a version that nothing handles. */
export const unhandledIn = (version: OcppVersion): readonly string[] => {
  const handled = new Set(cellsOf(version).map(({ action }) => action))
  return [...schemasOf(version).actions].filter((action) => !handled.has(action))
}

export const coveragePage = (): string => {
  const sections = ocppVersions.map((version) => {
    const cells = cellsOf(version)
    const rows = cells.map(
      ({ action, direction, handled, tested: test }) =>
        `| ${action} | ${direction === 'in' ? 'station → server' : 'server → station'} | yes | [${handled}](${handled}) | ${test ? `[${test}](${test})` : '**none**'} |`,
    )
    const { size } = schemasOf(version).actions
    return [
      `## ${version}`,
      '',
      `${size} actions in ${cells.length} directions, ${unhandledIn(version).length} unhandled, ${cells.filter((cell) => !cell.tested).length} untested.`,
      '',
      '| action | direction | validated | handled | tested |',
      '|---|---|---|---|---|',
      ...rows,
    ].join('\n')
  })
  return [
    '# Coverage of OCPP',
    '',
    'Written by `node test/write-coverage.ts` from the schemas, the handlers and the tests; a test fails when it is out of date or a cell is empty.',
    'Validated: every request and answer is checked against the Open Charge Alliance’s schema. Handled: kept, or causing an effect, that the test finds afterwards.',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n')
}
