import { expect, test } from 'vitest'
import { access, operationIds } from '../contract/access.ts'
import { openApiDocument } from './document.ts'
import { isOpenApiCurrent } from './write.ts'

test('the committed document is what the routes run on', async () => {
  expect(await isOpenApiCurrent()).toBe(true)
})

const document = openApiDocument() as {
  paths: Record<
    string,
    Record<string, { operationId: string; 'x-access': string; parameters: { name: string; in: string }[] }>
  >
  components: { schemas: Record<string, unknown> }
}

test('every operation of the table is described, with what it asks of its caller', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  expect(described.map(({ operation }) => operation.operationId).toSorted()).toEqual([...operationIds].toSorted())
  for (const { path, method, operation } of described) {
    const door = access[operation.operationId as keyof typeof access]
    expect({ path, method, access: operation['x-access'] }).toEqual({
      path: door.path,
      method: door.method,
      access: door.access,
    })
  }
})

test('every parameter in a path is described', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    for (const { parameters } of Object.values(methods))
      expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(names)
  }
})

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    (match) => match[1]!,
  )
  expect(references.length).toBeGreaterThan(20)
  expect(references.filter((name) => document.components.schemas[name] === undefined)).toEqual([])
})
