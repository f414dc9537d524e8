/**
 * Numbers that rise within a process and, by its clock, among processes: they keep points of one time in the order in which they
 * came. 4,096 a millisecond; still exact as a double in the year 2248.
 */
export type Numbers = () => number

export const createNumbers = (nowMs: () => number = Date.now): Numbers => {
  let last = 0
  return () => {
    last = Math.max(last + 1, nowMs() * 4_096)
    return last
  }
}
