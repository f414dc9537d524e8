import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly description?: string
    readonly schema: Schema
  }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
    >
  >
  readonly security?: readonly unknown[]
}
interface OpenApi {
  readonly info: { readonly version: string; readonly description?: string }
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const portal = join(import.meta.dirname, '..')
const folder = join(portal, 'docs', 'reference', 'api')

/** Text that Markdown takes as text. */
const plain = (text: string): string =>
  text.replaceAll(/[<>{}]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '{': '&#123;', '}': '&#125;' })[sign]!)
const cell = (text: string): string => plain(text).replaceAll('|', '\\|').replaceAll('\n', ' ')
/** As headings are addressed. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

const typeOf = (schema: Schema | undefined): string => {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1)!
    return `[${name}](./schemas.md#${anchor(name)})`
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.map((one) => `\`${String(one)}\``).join(', ')
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (several) return several.map(typeOf).join(schema.allOf ? ' & ' : ' or ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`
  if (schema.properties) return 'object'
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'any']
  return types.join(' or ') + (schema.format === undefined ? '' : ` (${schema.format})`)
}

const fields = (schema: Schema): string => {
  const rows = Object.entries(schema.properties ?? {})
  if (rows.length === 0) return typeOf(schema) === '' ? '' : `${typeOf(schema)}\n`
  return [
    '| field | type | meaning |',
    '|---|---|---|',
    ...rows.map(
      ([name, field]) =>
        `| \`${name}\`${schema.required?.includes(name) ? '' : ' (optional)'} | ${typeOf(field).replaceAll('|', '\\|')} | ${cell(field.description ?? '')} |`,
    ),
    '',
  ].join('\n')
}

const operationPage = (method: string, path: string, operation: Operation): string => {
  const { summary, description, parameters = [], requestBody, responses } = operation
  const body = Object.values(requestBody?.content ?? {})[0]?.schema
  return [
    `## ${plain(summary)}`,
    '',
    `\`${method.toUpperCase()} ${path}\``,
    '',
    ...(description === undefined ? [] : [plain(description), '']),
    ...(parameters.length === 0
      ? []
      : [
          '| parameter | in | type | meaning |',
          '|---|---|---|---|',
          ...parameters.map(
            (one) =>
              `| \`${one.name}\`${one.required ? '' : ' (optional)'} | ${one.in} | ${typeOf(one.schema).replaceAll('|', '\\|')} | ${cell(one.description ?? one.schema.description ?? '')} |`,
          ),
          '',
        ]),
    ...(body === undefined ? [] : ['**Body**', '', fields(body)]),
    '| answer | | |',
    '|---|---|---|',
    ...Object.entries(responses).map(([status, { description: words, content }]) => {
      const [media, { schema }] = Object.entries(content ?? {})[0] ?? ['', {}]
      const type = typeOf(schema)
      return `| ${status} | ${cell(words)} | ${(type === '' ? media : type).replaceAll('|', '\\|')} |`
    }),
    '',
  ].join('\n')
}

const title = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll('-', ' ')

/** One page per part of the API and one of all schemas, from the committed description. Returns how many operations they tell of. */
export const writeApiPages = (): number => {
  const file = join(portal, '..', '..', 'services', 'api', 'openapi.json')
  const api = JSON.parse(readFileSync(file, 'utf8')) as OpenApi
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const byTag = new Map<string, string[]>()
  const list: string[] = []
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === undefined) continue
      const tag = operation.tags[0] ?? 'other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationPage(method, path, operation)])
      list.push(
        `| \`${method.toUpperCase()} ${path}\` | [${cell(operation.summary)}](./${tag}.md#${anchor(operation.summary)}) |`,
      )
    }
  const tags = [...byTag.keys()]
  for (const [index, tag] of tags.entries()) {
    const words = api.tags?.find(({ name }) => name === tag)?.description
    writeFileSync(
      join(folder, `${tag}.md`),
      [
        '---',
        `title: ${title(tag)}`,
        `sidebar_position: ${index + 2}`,
        '---',
        '',
        ...(words === undefined ? [] : [plain(words), '']),
        ...byTag.get(tag)!,
      ].join('\n'),
    )
  }
  writeFileSync(
    join(folder, 'schemas.md'),
    [
      '---',
      'title: Schemas',
      `sidebar_position: ${tags.length + 2}`,
      '---',
      '',
      ...Object.entries(api.components.schemas).flatMap(([name, schema]) => [
        `## ${name}`,
        '',
        ...(schema.description === undefined ? [] : [plain(schema.description), '']),
        fields(schema),
        '',
      ]),
    ].join('\n'),
  )
  writeFileSync(
    join(folder, 'index.md'),
    [
      '---',
      'title: REST API',
      'sidebar_position: 1',
      'slug: /reference/api',
      '---',
      '',
      `Version ${api.info.version}, written from the same description that every node serves at \`/openapi.json\`. Money is a decimal string of whole`,
      'micro-euro, energy whole watt-hours, times ISO 8601 UTC; errors are problem details (RFC 9457) with a registered `code`.',
      '',
      '| request | what for |',
      '|---|---|',
      ...list,
      '',
    ].join('\n'),
  )
  return list.length
}
