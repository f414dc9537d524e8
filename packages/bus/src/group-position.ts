import type { WriteOp } from '@werenode/core'
import type { Lane } from './lane.ts'
import { GROUPS, type GroupDoc, PARKED, type ParkedDoc, type PositionSource } from './positions.ts'

const parkedId = (group: string, subject: string): string => `${group} ${subject}`

/** What of a group's progress is stored, and what is not yet. */
export interface GroupPosition extends PositionSource {
  /** The lane's own document is out of date. */
  touch(lane: Lane): void
  /** The position as it was last written, or is being written. */
  stored(): number
}

/**
 * The group's position is just before the first unacknowledged event of its lanes, parked lanes aside: those have a document each.
 * Both go into one write, so at every moment what is stored tells of each event whether it may be forgotten.
 */
export const createGroupPosition = (
  group: GroupDoc,
  lanes: ReadonlyMap<string, Lane>,
  scanned: () => number,
): GroupPosition => {
  const name = group._id
  const touched = new Set<string>()
  let stored = group.position

  const parkedOp = (subject: string): WriteOp => {
    const lane = lanes.get(subject)
    const id = parkedId(name, subject)
    if (!lane?.parked) return { op: 'delete', in: PARKED, id }
    const doc: ParkedDoc = { _id: id, group: name, subject, next: lane.next, attempts: lane.attempts }
    return { op: 'put', in: PARKED, doc }
  }

  return {
    touch: (lane) => touched.add(lane.subject),
    stored: () => stored,
    collect: () => {
      const ops = [...touched].map(parkedOp)
      touched.clear()
      let position = scanned()
      for (const lane of lanes.values()) if (!lane.parked) position = Math.min(position, lane.next - 1)
      if (position !== stored) {
        stored = position
        const doc: GroupDoc = { _id: name, position }
        ops.push({ op: 'put', in: GROUPS, doc })
      }
      return ops
    },
    restore: (ops) => {
      stored = -1
      const prefix = parkedId(name, '')
      for (const op of ops) {
        const id = op.op === 'put' ? op.doc._id : op.op === 'delete' ? op.id : ''
        if (id.startsWith(prefix)) touched.add(id.slice(prefix.length))
      }
    },
  }
}
