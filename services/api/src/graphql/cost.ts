import {
  type ASTNode,
  type FieldNode,
  GraphQLError,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'
import { links } from './fields.ts'

export const depthLimit = 10
export const costLimit = 2_000

/** What one more look-up costs, against 1 for a field that is there already. */
const lookUpCost = 10
/** How many items a list is taken to have when the query does not say. */
const usualItems = 20
const mostItems = 200

const linkNames: ReadonlySet<string> = new Set(Object.values(links).flatMap((fields) => Object.keys(fields)))

/**
 * Refuses what would ask too much of the node in one request: each field counts 1, each look-up 10, and what is inside `items` as often
 * as there may be items.
 */
export const costRule: ValidationRule = (context: ValidationContext) => ({
  OperationDefinition(operation: OperationDefinitionNode) {
    const cost = costOf(operation, context, 0)
    if (cost > costLimit)
      context.reportError(
        new GraphQLError(`This asks too much at once: it costs ${cost}, the limit is ${costLimit}`, {
          nodes: [operation],
          extensions: {
            code: 'too-large',
            hint: 'Ask for fewer items or fields, or in several requests.',
            status: 413,
          },
        }),
      )
  },
})

/** The cost of everything selected inside a node. Circles of fragments are refused by another rule; here the depth ends them. */
const costOf = (node: ASTNode, context: ValidationContext, depth: number, field?: FieldNode): number => {
  if (depth > 2 * depthLimit || !('selectionSet' in node) || !node.selectionSet) return 0
  let sum = 0
  for (const selection of node.selectionSet.selections) {
    if (selection.kind === 'Field') {
      const own = field === undefined || linkNames.has(selection.name.value) ? lookUpCost : 1
      sum += own + itemsOf(selection, field) * costOf(selection, context, depth + 1, selection)
    } else {
      const inner = selection.kind === 'FragmentSpread' ? context.getFragment(selection.name.value) : selection
      if (inner) sum += costOf(inner, context, depth + 1, field)
    }
    if (sum > costLimit * 100) return sum
  }
  return sum
}

const itemsOf = (field: FieldNode, parent: FieldNode | undefined): number => {
  if (field.name.value !== 'items') return 1
  const limit = parent?.arguments?.find(({ name }) => name.value === 'limit')?.value
  if (limit === undefined) return usualItems
  return limit.kind === 'IntValue' ? Math.min(mostItems, Number(limit.value)) : mostItems
}
