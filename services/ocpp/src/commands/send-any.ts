import { WerenodeError } from '@werenode/core'
import { type Converse, outgoingOf } from '../link/converse.ts'
import type { Link } from '../link/open-link.ts'
import { schemasOf } from '../wire/schemas.ts'

/** Any message, for the operator: checked against its schema before it is sent, so that a slip of the pen never reaches a station. */
export interface AnyCommand {
  readonly action: string
  readonly payload: unknown
  readonly timeoutMs?: number
}

/** Throws `invalid-input` for an action we do not send or a payload off its schema, and whatever the CALL ends with. */
export type SendAny = (link: Link, command: AnyCommand) => Promise<{ readonly answer: unknown }>

export const createSendAny =
  ({ converse }: { converse: Converse }): SendAny =>
  async (link, { action, payload, timeoutMs }) => {
    const { version, stationId } = link
    const table = outgoingOf[version]
    if (!Object.hasOwn(table, action))
      throw new WerenodeError('invalid-input', `"${String(action).slice(0, 60)}" is nothing we send over ${version}`, {
        hint: `Station ${stationId} understands: ${Object.keys(table).join(', ')}`,
      })
    const faults = schemasOf(version).violations(action, 'request', payload)
    if (faults)
      throw new WerenodeError('invalid-input', `The payload breaks the schema of ${action} in ${version}`, {
        hint: faults
          .slice(0, 5)
          .map((fault) => `${fault.instancePath || 'the payload'} ${fault.message ?? fault.keyword}`)
          .join('; '),
      })
    return { answer: await converse(link)(action, payload, timeoutMs === undefined ? {} : { timeoutMs }) }
  }
