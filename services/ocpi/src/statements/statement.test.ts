import { merkleRoot } from '@werenode/chain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HeldCdr, lineLeaf, reconcile } from './statement.ts'

const period = { partnerId: 'p', from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' }
const cdr = (issuer: string, cdrId: string, amountMicro: string, findings: string[] = []): HeldCdr => ({
  issuer,
  cdrId,
  endedAt: '2026-11-22T10:00:00.000Z',
  energyWh: 10_000,
  amountMicro,
  findings,
})
const us = 'FR*WRN'
const them = 'NL*TWO'

describe('a statement', () => {
  it('nets what both sides hold, and says who pays', () => {
    const both = [cdr(us, 'A', '5000000'), cdr(them, 'B', '2000000')]
    const view = reconcile({ ...period, us, ours: both, theirs: both })
    expect(view).toMatchObject({
      compared: true,
      weBilledMicro: '5000000',
      theyBilledMicro: '2000000',
      netMicro: '3000000',
      openMicro: '0',
      root: merkleRoot(both.map(lineLeaf)),
    })
  })

  it('counts a credit against what it takes back', () => {
    const both = [cdr(us, 'A', '5000000'), cdr(us, 'A-C', '-5000000')]
    expect(reconcile({ ...period, us, ours: both, theirs: both })).toMatchObject({ netMicro: '0', openMicro: '0' })
  })

  it('leaves open what is contested, differs or is missing on a side, each by its name', () => {
    const ours = [
      cdr(us, 'A', '1000000'),
      cdr(them, 'B', '2000000', ['It ends before it begins.']),
      cdr(us, 'C', '300'),
    ]
    const theirs = [cdr(us, 'a', '1000100'), cdr(them, 'B', '2000000'), cdr(them, 'D', '700')]
    const view = reconcile({ ...period, us, ours, theirs })
    expect(view).toMatchObject({ netMicro: '0', openMicro: '3001000' })
    expect(view.root).toBeUndefined()
    expect(Object.fromEntries(view.lines.map(({ cdrId, state }) => [cdrId, state]))).toEqual({
      A: 'differs',
      B: 'contested',
      C: 'missing-there',
      D: 'missing-here',
    })
  })

  it('says that ours is ours alone when the partner was not asked', () => {
    expect(reconcile({ ...period, us, ours: [cdr(us, 'A', '1')], theirs: undefined })).toMatchObject({
      compared: false,
      netMicro: '1',
      lines: [{ state: 'own' }],
    })
  })

  it('comes to the same root and the opposite net on both sides, whatever they hold', () => {
    const some = fc.array(
      fc.record({
        issuer: fc.constantFrom(us, them),
        cdrId: fc.constantFrom('A', 'b', 'C', 'D'),
        amountMicro: fc.integer({ min: -9, max: 9 }).map(String),
        findings: fc.constantFrom([], [], ['odd']),
      }),
    )
    fc.assert(
      fc.property(some, some, (one, other) => {
        const whole = (list: typeof one) => list.map((each) => ({ ...cdr('', '', '0'), ...each }))
        const here = reconcile({ ...period, us, ours: whole(one), theirs: whole(other) })
        const there = reconcile({ ...period, us: them, ours: whole(other), theirs: whole(one) })
        expect(there.root).toBe(here.root)
        expect(BigInt(there.netMicro)).toBe(-BigInt(here.netMicro))
        // The figure `open` of a CDR that differs is each side's own amount.
        expect(there.lines.map(({ cdrId }) => cdrId)).toHaveLength(here.lines.length)
      }),
    )
  })
})
