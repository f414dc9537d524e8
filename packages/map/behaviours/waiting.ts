import type { OpenMap } from './stage.ts'

/** When the town is looked at. */
export const at = new Date('2026-11-22T12:00:00.000Z')
/** A busy machine draws slowly. */
const patienceMs = 30_000

export const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const end = Date.now() + patienceMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not come to be that ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const same = (found: readonly string[], wanted: readonly string[]): boolean =>
  [...found].sort().join() === [...wanted].sort().join()

/** The picture and the list show these places and no others. */
export const shows = async (map: OpenMap, wanted: readonly string[]): Promise<void> => {
  let seen: readonly string[] = []
  const listed = () => map.model.state().places.map(({ id }) => id)
  await until(`list and picture show ${wanted.join(', ')}`, async () => {
    seen = await map.drawn()
    return !map.model.state().loading && same(listed(), wanted) && same(seen, wanted)
  }).catch((error: Error) => {
    throw new Error(`${error.message}; list: ${listed().join(', ')}; picture: ${seen.join(', ')}`)
  })
}
