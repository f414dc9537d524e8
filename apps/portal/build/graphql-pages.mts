import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql'

const portal = join(import.meta.dirname, '..')
const folder = join(portal, 'docs', 'reference', 'graphql')

/** Text that Markdown takes as text. */
const plain = (text: string): string =>
  text.replaceAll(/[<>{}]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '{': '&#123;', '}': '&#125;' })[sign]!)
const cell = (text: string): string => plain(text).replaceAll('|', '\\|').replaceAll('\n', ' ')

const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID'])
const nameIn = (type: TypeNode): string => (type.kind === 'NamedType' ? type.name.value : nameIn(type.type))
const written = (type: TypeNode): string =>
  type.kind === 'NonNullType'
    ? `${written(type.type)}!`
    : type.kind === 'ListType'
      ? `[${written(type.type)}]`
      : type.name.value
/** A type with a link to where it is told of. */
const typeOf = (type: TypeNode): string => {
  const name = nameIn(type)
  const text = `\`${written(type)}\``
  return builtIn.has(name) ? text : `[${text}](./types.md#${name.toLowerCase()})`
}

const memberRows = (members: readonly (FieldDefinitionNode | InputValueDefinitionNode)[]): readonly string[] => [
  '| field | type | meaning |',
  '|---|---|---|',
  ...members.map(
    ({ name, type, description }) => `| \`${name.value}\` | ${typeOf(type)} | ${cell(description?.value ?? '')} |`,
  ),
  '',
]

const operation = (field: FieldDefinitionNode): readonly string[] => [
  `## ${field.name.value}`,
  '',
  ...(field.description ? [plain(field.description.value), ''] : []),
  `Answers ${typeOf(field.type)}.`,
  '',
  ...(field.arguments && field.arguments.length > 0
    ? [
        '| argument | type | meaning |',
        '|---|---|---|',
        ...field.arguments.map(
          ({ name, type, description }) =>
            `| \`${name.value}\` | ${typeOf(type)} | ${cell(description?.value ?? '')} |`,
        ),
        '',
      ]
    : []),
]

const describe = (definition: DefinitionNode): readonly string[] => {
  switch (definition.kind) {
    case 'ObjectTypeDefinition':
    case 'InputObjectTypeDefinition':
    case 'InterfaceTypeDefinition':
      return memberRows(definition.fields ?? [])
    case 'EnumTypeDefinition':
      return [(definition.values ?? []).map(({ name }) => `\`${name.value}\``).join(', '), '']
    case 'UnionTypeDefinition':
      return [`One of ${(definition.types ?? []).map(typeOf).join(', ')}.`, '']
    case 'ScalarTypeDefinition':
      return ['A scalar.', '']
    default:
      return []
  }
}

const roots = { Query: 'Queries', Mutation: 'Mutations', Subscription: 'Subscriptions' } as const

/** Pages of the GraphQL schema that every node serves: its roots, and all types. Returns how many operations they tell of. */
export const writeGraphqlPages = (): number => {
  const schema = parse(readFileSync(join(portal, '..', '..', 'services', 'api', 'schema.graphql'), 'utf8'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const page = (file: string, title: string, position: number, lines: readonly string[], slug?: string): void =>
    writeFileSync(
      join(folder, file),
      [
        '---',
        `title: ${title}`,
        `sidebar_position: ${position}`,
        ...(slug === undefined ? [] : [`slug: ${slug}`]),
        '---',
        '',
        ...lines,
      ].join('\n'),
    )
  let operations = 0
  const types: string[] = []
  const index: string[] = []
  let position = 2
  for (const definition of schema.definitions) {
    if (!('name' in definition) || definition.name === undefined) continue
    const name = definition.name.value
    if (definition.kind === 'ObjectTypeDefinition' && name in roots) {
      const title = roots[name as keyof typeof roots]
      const fields = definition.fields ?? []
      operations += fields.length
      const file = `${title.toLowerCase()}.md`
      page(file, title, position, fields.flatMap(operation))
      index.push(
        `## ${title}`,
        '',
        ...fields.map((field) => `- [\`${field.name.value}\`](./${file}#${field.name.value.toLowerCase()})`),
        '',
      )
      position += 1
      continue
    }
    const words = 'description' in definition ? definition.description?.value : undefined
    types.push(`## ${name}`, '', ...(words === undefined ? [] : [plain(words), '']), ...describe(definition))
  }
  page('types.md', 'Types', position, types)
  page(
    'index.md',
    'GraphQL',
    1,
    [
      'Written from the schema that every node serves at `/graphql`. It offers what the REST API does, with the same rights; live data comes by',
      'subscriptions over WebSocket. Errors carry the same `code` as problem details, in `extensions`.',
      '',
      ...index,
    ],
    '/reference/graphql',
  )
  return operations
}
