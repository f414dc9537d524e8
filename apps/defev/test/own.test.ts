import { describe, expect, it } from 'vitest'
import { createOwnSessions } from '../src/session/own.ts'
import { at, word } from './chain-logs.ts'

const storage = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    store: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
      key: (index: number) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size
      },
    },
  }
}
const session = (n: number, when: number) => ({ sessionId: word(n), sessionKey: word(99), plugKey: 'a:b', at: when })
const sent = (n: number) => ({ hash: word(n), account: at(6), nonce: 1, to: at(3), data: '0x' as const })

describe('what this device keeps of its charges', () => {
  it('finds those on their way, newest first, until the chain knows them or an hour has passed', () => {
    const { store } = storage()
    const own = createOwnSessions(store)
    const now = 10_000_000
    for (const [n, when] of [
      [1, now - 1_000],
      [2, now - 500],
      [3, now - 4_000_000],
      [4, now],
    ] as const) {
      own.keep(session(n, when))
      own.keepSent(word(n), sent(n))
    }
    expect(own.pending(at(6), [word(4)], now).map(({ sessionId }) => sessionId)).toEqual([word(2), word(1)])
    expect(own.pending(at(7), [], now)).toEqual([])
    own.forgetSent(word(2))
    expect(own.pending(at(6), [word(4)], now).map(({ sessionId }) => sessionId)).toEqual([word(1)])
  })

  it('takes nothing from what somebody else wrote there', () => {
    const { store, kept } = storage()
    const own = createOwnSessions(store)
    kept.set(`defev.session.${word(1)}`, '{not json')
    kept.set(`defev.sent.${word(1)}`, 'null')
    expect(own.find(word(1))).toBeUndefined()
    expect(own.pending(at(6), [])).toEqual([])
  })
})
