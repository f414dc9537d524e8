import type { AstNode, Compilation, Sources } from '../compile.ts'
import { assemblyChanges } from './find-assembly.ts'
import type { Kind, Mutant } from './mutant.ts'

/** One possible change at a node. */
export interface Change {
  readonly kind: Kind
  readonly start: number
  readonly length: number
  readonly replacement: string
}

/** Stands where a statement was: its range ends before the semicolon, and a semicolon alone does not compile. */
const nothing = '0'

/** Reads the source text of a node. */
export type TextOf = (node: AstNode) => string

/** Every mutant of every guard, comparison, arithmetic, write and event in the sources, in the order of the files. */
export const findMutants = (sources: Sources, compilation: Compilation): readonly Mutant[] =>
  Object.keys(sources)
    .filter((file) => !file.includes('/interfaces/'))
    .flatMap((file) => mutantsOf(file, sources[file]!, compilation.sources[file]!.ast))

const mutantsOf = (file: string, source: string, ast: AstNode): readonly Mutant[] => {
  const bytes = Buffer.from(source)
  const text: TextOf = (node) => {
    const [start, length] = placeOf(node)
    return bytes.subarray(start, start + length).toString()
  }
  const mutants: Mutant[] = []
  const seen = new Map<string, number>()
  const visit = (node: AstNode, owner: string): void => {
    const name = ownerOf(node) ?? owner
    for (const change of [...changesOf(node, text), ...assemblyChanges(node, text)]) {
      const original = bytes.subarray(change.start, change.start + change.length).toString()
      const gone = change.replacement === '' || (change.replacement === nothing && change.kind !== 'assembly')
      const like = `${file}#${name}: ${flat(original)} -> ${gone ? 'removed' : flat(change.replacement)}`
      const count = (seen.get(like) ?? 0) + 1
      seen.set(like, count)
      mutants.push({
        ...change,
        id: count === 1 ? like : `${like} (${count})`,
        file,
        line: bytes.subarray(0, change.start).toString().split('\n').length,
        original,
      })
    }
    for (const child of childrenOf(node)) visit(child, name)
  }
  visit(ast, 'file')
  return mutants
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const ownerOf = (node: AstNode): string | undefined => {
  if (node.nodeType !== 'FunctionDefinition' && node.nodeType !== 'ModifierDefinition') return undefined
  return (node.name as string) || (node.kind as string)
}

export const placeOf = (node: AstNode): readonly [number, number] => {
  const [start, length] = node.src.split(':').map(Number)
  return [start!, length!]
}

const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && typeof (value as AstNode).nodeType === 'string'

export const childrenOf = (node: AstNode): readonly AstNode[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []))

const comparisons: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
}
const arithmetic: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>',
  '>>': '<<',
  '+=': '-=',
  '-=': '+=',
}
const logic: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' }

const changesOf = (node: AstNode, text: TextOf): readonly Change[] => {
  switch (node.nodeType) {
    case 'BinaryOperation':
      return operatorChanges(node, text)
    case 'UnaryOperation':
      return node.operator === '!' ? [whole(node, 'logic', text(node.subExpression as AstNode))] : []
    case 'Conditional':
      return [swapped(node, text)]
    case 'IfStatement':
      return guardChanges(node)
    case 'ModifierInvocation':
      // A constructor's base call is no modifier.
      return node.kind === 'modifierInvocation' ? [whole(node, 'guard', '')] : []
    case 'EmitStatement':
      return [whole(node, 'event', nothing)]
    case 'ExpressionStatement':
      return statementChanges(node, text)
    case 'Return':
      return booleanReturn(node, text)
    default:
      return []
  }
}

const whole = (node: AstNode, kind: Kind, replacement: string): Change => {
  const [start, length] = placeOf(node)
  return { kind, start, length, replacement }
}

/** The operator between two operands, found in the text between them. */
const operatorChanges = (node: AstNode, text: TextOf): readonly Change[] => {
  if (isConstant(node)) return []
  const operator = node.operator as string
  const [leftStart, leftLength] = placeOf(node.leftExpression as AstNode)
  const [start] = placeOf(node)
  const after = leftStart + leftLength - start
  const between = text(node).slice(after)
  const offset = between.indexOf(operator)
  const at = leftStart + leftLength + Buffer.byteLength(between.slice(0, offset))
  const change = (kind: Kind, replacement: string): Change => ({
    kind,
    start: at,
    length: operator.length,
    replacement,
  })
  return [
    ...(comparisons[operator] ?? []).map((other) => change('comparison', other)),
    ...(arithmetic[operator] === undefined ? [] : [change('arithmetic', arithmetic[operator])]),
    ...(logic[operator] === undefined ? [] : [change('logic', logic[operator])]),
  ]
}

/** `2 ** 10` and the like: folded by the compiler, no arithmetic of the program. */
const isConstant = (node: AstNode): boolean =>
  (node.typeDescriptions as { typeString?: string } | undefined)?.typeString?.startsWith('int_const') === true

const swapped = (node: AstNode, text: TextOf): Change => {
  const [condition, yes, no] = ['condition', 'trueExpression', 'falseExpression'].map((name) =>
    text(node[name] as AstNode),
  )
  return whole(node, 'logic', `${condition} ? ${no} : ${yes}`)
}

/** A guard is an `if` that leaves the function: it is made to let everything through, and nothing. */
const guardChanges = (node: AstNode): readonly Change[] => {
  const leaves = (body: AstNode): boolean =>
    ['RevertStatement', 'Return', 'Continue'].includes(body.nodeType) ||
    (body.nodeType === 'Block' && (body.statements as AstNode[]).some(leaves))
  const condition = node.condition as AstNode
  if (!leaves(node.trueBody as AstNode)) return [whole(condition, 'logic', 'true'), whole(condition, 'logic', 'false')]
  return [whole(condition, 'guard', 'false'), whole(condition, 'guard', 'true')]
}

/** Removes a write or a call made for what it checks or does; turns += and -= around. */
const statementChanges = (node: AstNode, text: TextOf): readonly Change[] => {
  const expression = node.expression as AstNode
  if (expression.nodeType === 'UnaryOperation') {
    return expression.operator === 'delete' ? [whole(node, 'write', nothing)] : []
  }
  const removed = whole(node, expression.nodeType === 'Assignment' ? 'write' : callKind(text(expression)), nothing)
  if (expression.nodeType !== 'Assignment') return [removed]
  const operator = expression.operator as string
  const other = arithmetic[operator]
  if (other === undefined) return [removed]
  const [leftStart, leftLength] = placeOf(expression.leftHandSide as AstNode)
  const [start] = placeOf(expression)
  const offset = text(expression)
    .slice(leftStart + leftLength - start)
    .indexOf(operator)
  const at = leftStart + leftLength + offset
  return [removed, { kind: 'arithmetic', start: at, length: operator.length, replacement: other }]
}

/** Calls named for a check are guards, others move or write something. */
const callKind = (call: string): Kind =>
  /(^|\.)_?(require|check|expect|notAfter|onlyAfter)\w*\(/.test(call) ? 'guard' : 'write'

/** A returned boolean expression is also returned the other way round. */
const booleanReturn = (node: AstNode, text: TextOf): readonly Change[] => {
  const expression = node.expression as AstNode | null | undefined
  if (!expression) return []
  const type = (expression.typeDescriptions as { typeString?: string } | undefined)?.typeString
  return type === 'bool' ? [whole(expression, 'logic', `!(${text(expression)})`)] : []
}
