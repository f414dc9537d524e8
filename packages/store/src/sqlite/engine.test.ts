import type { CollectionSpec, Doc, Filter, FindOptions } from '@werenode/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkSort, wireOp } from '../ask.ts'
import { parseFilter } from '../filter.ts'
import { collectionOf } from './collections.ts'
import type { Connection, Row } from './connection.ts'
import { createEngine, type Engine } from './engine.ts'
import { openFile } from './file.ts'
import type { Reply, Request } from './protocol.ts'
import { find } from './read.ts'

let connection: Connection
let engine: Engine
beforeEach(() => {
  connection = openFile(':memory:')
  engine = createEngine(connection, 'test.db')
})
afterEach(() => engine.close())

let n = 0
const write = (...docs: readonly (Doc & Record<string, unknown>)[]): Request => ({
  n: n++,
  verb: 'write',
  ask: docs.map((doc) => wireOp({ op: 'insert', in: 't_docs', doc })),
})
const turn = (...requests: readonly Request[]): Reply[] => {
  const replies: Reply[] = []
  engine.turn(requests, (some) => replies.push(...some))
  return replies.sort((a, b) => a.n - b.n)
}
const define = (spec: CollectionSpec): void => {
  expect(turn({ n: n++, verb: 'define', ask: [spec] })[0]).toHaveProperty('answer')
}

describe('a full disk', () => {
  it('fails the whole group in words, keeps what was acknowledged, and goes on when there is room', () => {
    define({ name: 't_docs' })
    expect(turn(write({ _id: 'before' }))[0]).toHaveProperty('answer')
    const pages = Number(connection.first('PRAGMA page_count')![0])
    connection.exec(`PRAGMA max_page_count = ${pages + 2}`)
    const replies = turn(
      write({ _id: 'small' }),
      write({ _id: 'big', text: 'x'.repeat(100_000) }),
      write({ _id: 'after' }),
    )
    for (const reply of replies.slice(0, 2)) {
      if ('error' in reply)
        expect(reply.error).toMatchObject({
          code: 'store-unavailable',
          message: 'The store test.db could not grow: the disk is full',
        })
    }
    expect(replies[1]).toHaveProperty('error')
    const acknowledged = ['small', 'after'].filter((_, i) => 'answer' in replies[i * 2]!)
    connection.exec('PRAGMA max_page_count = 1000000')
    const ids = connection.all({ text: 'SELECT id FROM c_t_docs', values: [] }).map(([id]) => id)
    expect(ids.sort()).toEqual(['before', ...acknowledged].sort())
    expect(turn(write({ _id: 'later', text: 'x'.repeat(100_000) }))[0]).toHaveProperty('answer')
  })
})

describe('the plan of a query', () => {
  const spec: CollectionSpec = {
    name: 't_docs',
    indexes: [
      { fields: ['party', 'uid'], unique: true },
      { fields: ['state', 'at'] },
      { fields: ['plug'], where: { state: 'open', live: true } },
      { fields: ['at'] },
    ],
  }
  /** What SQLite would do for each statement that a find runs. */
  const plans = (
    filter: Filter,
    options: FindOptions = {},
    after?: { keys: (string | null)[]; id: string },
  ): string => {
    const steps: string[] = []
    const explaining: Connection = {
      ...connection,
      all: ({ text, values }): Row[] => {
        const rows = connection.all({ text: `EXPLAIN QUERY PLAN ${text}`, values })
        steps.push(...rows.map((row) => String(row[3])))
        return []
      },
    }
    const ask = { in: 't_docs', filter: parseFilter(filter), sort: checkSort(options.sort), limit: 10 }
    find(explaining, collectionOf(spec), after === undefined ? ask : { ...ask, after })
    return steps.join('\n')
  }

  it('goes by an index wherever one fits, and sorts by it', () => {
    define(spec)
    expect(plans({ party: 'FR*A', uid: '1' })).toMatch(/SEARCH .* USING INDEX 'i_.*|SEARCH .* USING INDEX i_/)
    for (const filter of [
      { state: 'open' },
      { state: { $in: ['open', 'closed'] } },
      { state: 'a', at: { $gte: 'b' } },
    ]) {
      expect(plans(filter), JSON.stringify(filter)).toMatch(/SEARCH c_t_docs USING INDEX i_/)
    }
    expect(plans({ at: { $lt: 'x' } }, { sort: [['at', 1]] })).toMatch(/SEARCH c_t_docs USING INDEX i_/)
    const newest = plans({ state: 'open' }, { sort: [['at', -1]] })
    expect(newest).toMatch(/SEARCH c_t_docs USING INDEX i_/)
    expect(newest).not.toContain('TEMP B-TREE')
  })

  it('uses a partial index when the filter names its condition', () => {
    define(spec)
    const partial = [...collectionOf(spec).indexes].find(([, index]) => index.where !== undefined)![0]
    expect(plans({ plug: 'p', state: 'open', live: true })).toContain(partial)
    expect(plans({ plug: 'p', state: 'closed', live: true })).not.toContain(partial)
    expect(plans({ plug: 'p', state: 'open', live: 1 })).not.toContain(partial)
  })

  it('turns pages without reading what came before them', () => {
    define(spec)
    for (const direction of [1, -1] as const) {
      const plan = plans({ state: 'open' }, { sort: [['at', direction]] }, { keys: ['"2026"'], id: 'x' })
      expect(plan).not.toContain('SCAN c_t_docs')
      expect(plan).not.toContain('TEMP B-TREE')
    }
  })
})
