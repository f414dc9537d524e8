import type { AstNode } from '../compile.ts'
import { type Change, placeOf, type TextOf } from './find.ts'

const swaps: Readonly<Record<string, string>> = { and: 'or', or: 'and', add: 'sub', mul: 'div', shl: 'shr' }

/** Changes inside inline assembly: operations swapped, conditions turned round, statements removed. */
export const assemblyChanges = (node: AstNode, text: TextOf): readonly Change[] => {
  switch (node.nodeType) {
    case 'YulFunctionCall': {
      const name = node.functionName as AstNode & { name: string }
      const [start, length] = placeOf(name)
      const other = swaps[name.name]
      if (other !== undefined) return [{ kind: 'assembly', start, length, replacement: other }]
      if (name.name !== 'iszero') return []
      return [whole(node, text((node.arguments as AstNode[])[0]!))]
    }
    case 'YulIf': {
      const condition = node.condition as AstNode
      return [whole(condition, '1'), whole(condition, '0')]
    }
    case 'YulExpressionStatement':
    case 'YulAssignment':
      return [whole(node, '')]
    default:
      return []
  }
}

const whole = (node: AstNode, replacement: string): Change => {
  const [start, length] = placeOf(node)
  return { kind: 'assembly', start, length, replacement }
}
