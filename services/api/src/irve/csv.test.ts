import { expect, test } from 'vitest'
import { readCsv } from './csv.ts'

const read = async (text: string, size = text.length || 1): Promise<unknown[]> => {
  const rows: unknown[] = []
  const chunks = async function* () {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
  }
  for await (const { line, cells } of readCsv(chunks())) rows.push([line, { ...cells }])
  return rows
}

const text = '\uFEFFa,B,c\r\n1,"x, ""y""\nz",3\r\n\r\n4,,"6"\n7,8'
const rows = [
  [2, { a: '1', b: 'x, "y"\nz', c: '3' }],
  [5, { a: '4', b: '', c: '6' }],
  [6, { a: '7', b: '8', c: '' }],
]

test('reads quotes, line breaks in them, empty lines and short rows', async () => {
  expect(await read(text)).toEqual(rows)
})

test.each([1, 2, 3, 5, 7, 11])('reads the same in pieces of %i characters', async (size) => {
  expect(await read(text, size)).toEqual(rows)
})

test('reads semicolons, and bears an unclosed quote', async () => {
  expect(await read('a;b\n1;2,5\n')).toEqual([[2, { a: '1', b: '2,5' }]])
  expect(await read('a,b\n1,"2\n3')).toEqual([[2, { a: '1', b: '2\n3' }]])
  expect(await read('')).toEqual([])
  expect(await read('a,b')).toEqual([])
})

test('a column may be called __proto__', async () => {
  const [row] = await read('__proto__,a\nx,1\n')
  expect(row).toEqual([2, JSON.parse('{"__proto__":"x","a":"1"}')])
  expect(({} as Record<string, unknown>).x).toBeUndefined()
})
