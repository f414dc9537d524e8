import { expect, it } from 'vitest'
import { createWordLine } from './word-line.ts'

const open = (run: (line: string) => void = () => undefined) => {
  const said: string[] = []
  const failures: unknown[] = []
  const line = createWordLine({
    show: () => undefined,
    run: (text) => {
      said.push(text)
      run(text)
    },
    failed: (error) => failures.push(error),
  })
  const type = (text: string): boolean[] => [...text].map((key) => line.take(key, key === '\r' ? 'return' : key))
  return { said, failures, line, type }
}

it('takes keys from a colon to the end of the line, and leaves all others', () => {
  const { said, type, line } = open()
  expect(type('pu')).toEqual([false, false])
  expect(type(':card 1 04A1\r')).not.toContain(false)
  expect(said).toEqual(['card 1 04A1'])
  type(':statex')
  line.take(undefined, 'backspace')
  type('\r')
  expect(said.at(-1)).toBe('state')
  type(':quit')
  line.take(undefined, 'escape')
  expect(type('q')).toEqual([false])
  expect(said).toHaveLength(2)
})

it('tells what was wrong with a line, and takes the next', async () => {
  const { failures, type } = open(() => {
    throw new Error('There is no command "dance"')
  })
  type(':dance\r')
  await expect.poll(() => failures).toHaveLength(1)
  expect(type(':')).toEqual([true])
})
