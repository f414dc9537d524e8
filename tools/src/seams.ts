import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { print } from './lines.ts'
import { root } from './repository.ts'

/**
 * Writes the tables of docs/seams.md from packages/core (`node src/seams.ts`), or says whether they are what core says today
 * (`--check`). The prose around the tables is written by hand.
 */
const core = join(root, 'packages/core/src')
const page = join(root, 'docs/seams.md')

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(join(core, file), 'utf8'), ts.ScriptTarget.Latest, true)

const cell = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim()

const docOf = (node: ts.Node): string =>
  cell(
    ts
      .getJSDocCommentsAndTags(node)
      .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
      .join(' '),
  )

const find = <T extends ts.Node>(source: ts.SourceFile, is: (node: ts.Node) => node is T): T => {
  let found: T | undefined
  const visit = (node: ts.Node): void => {
    if (found === undefined && is(node)) found = node
    else ts.forEachChild(node, visit)
  }
  visit(source)
  if (found === undefined) throw new Error(`${source.fileName} no longer holds what docs/seams.md is made of`)
  return found
}

const members = (file: string, name: string): readonly ts.PropertySignature[] =>
  find(
    parse(file),
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name,
  ).members.filter(ts.isPropertySignature)

const entries = (file: string, name: string): readonly (readonly [string, string])[] => {
  const declaration = find(
    parse(file),
    (node): node is ts.VariableDeclaration => ts.isVariableDeclaration(node) && node.name.getText() === name,
  )
  let value = declaration.initializer
  while (value && ts.isAsExpression(value)) value = value.expression
  if (value && ts.isArrayLiteralExpression(value))
    return value.elements.filter(ts.isStringLiteral).map((element) => [element.text, ''])
  if (!value || !ts.isObjectLiteralExpression(value)) throw new Error(`${name} in ${file} is no list`)
  return value.properties
    .filter(ts.isPropertyAssignment)
    .map(({ name, initializer }) => [
      nameOf(name),
      ts.isStringLiteralLike(initializer) ? initializer.text : initializer.getText(),
    ])
}

const nameOf = (name: ts.PropertyName): string => (ts.isStringLiteralLike(name) ? name.text : name.getText())

const fieldsOf = (type: ts.TypeNode | undefined): string =>
  type !== undefined && ts.isTypeLiteralNode(type)
    ? type.members
        .filter(ts.isPropertySignature)
        .map(({ name, questionToken }) => `\`${nameOf(name)}${questionToken ? '?' : ''}\``)
        .join(' ')
    : `\`${cell(type?.getText() ?? '')}\``

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const tables: Readonly<Record<string, () => string>> = {
  events: () =>
    table(
      ['type', 'data', 'meaning'],
      members('events.ts', 'EventData').map((member) => [
        `\`${nameOf(member.name)}\``,
        fieldsOf(member.type),
        docOf(member),
      ]),
    ),
  envelope: () =>
    table(
      ['field', 'meaning'],
      members('events.ts', 'EventEnvelope').map((member) => [`\`${nameOf(member.name)}\``, docOf(member)]),
    ),
  requests: () =>
    table(
      ['subject', 'meaning'],
      members('requests.ts', 'Requests').map((member) => [`\`${nameOf(member.name)}\``, docOf(member)]),
    ),
  errors: () =>
    table(
      ['code', 'HTTP status'],
      entries('errors.ts', 'errorStatus').map(([code, status]) => [`\`${code}\``, status]),
    ),
  scopes: () =>
    table(
      ['scope', 'lets one'],
      entries('principal.ts', 'scopes').map(([scope, words]) => [`\`${scope}\``, words]),
    ),
  states: () =>
    entries('session/view.ts', 'sessionStates')
      .map(([state]) => `\`${state}\``)
      .join(', '),
}

const written = (text: string): string =>
  text.replaceAll(
    /(<!-- from core: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const make = tables[name]
      if (make === undefined) throw new Error(`docs/seams.md asks for "${name}", which is not made here`)
      return `${begin}${make()}\n${end}`
    },
  )

const now = readFileSync(page, 'utf8')
const wanted = written(now)
if (process.argv.includes('--check')) {
  if (now !== wanted) {
    print('docs/seams.md is not what packages/core says: run `node tools/src/seams.ts` and commit it')
    process.exitCode = 1
  }
} else {
  writeFileSync(page, wanted)
  print('wrote docs/seams.md')
}
