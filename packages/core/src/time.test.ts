import { expect, test } from 'vitest'
import { createSetBackWatch } from './time.ts'

test('notices a clock that was set back, not one that drifts or runs ahead', () => {
  let wall = 1_000_000
  let steady = 0
  const wasSetBack = createSetBackWatch(
    () => wall,
    () => steady,
  )
  const after = (wallMs: number, steadyMs: number): boolean => {
    wall += wallMs
    steady += steadyMs
    return wasSetBack()
  }
  expect(wasSetBack()).toBe(true)
  expect(after(1_000, 1_000)).toBe(false)
  expect(after(601_000, 1_000)).toBe(false)
  expect(after(9_000, 10_000)).toBe(false)
  expect(after(-599_000, 1_000)).toBe(true)
  expect(after(1_000, 1_000)).toBe(false)
})
