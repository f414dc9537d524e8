import type { AstNode, Compilation } from '../compile.ts'
import { childrenOf } from '../mutation/find.ts'

/** What a function can end with or tell, through everything of ours it calls. */
export interface Reach {
  readonly errors: ReadonlySet<string>
  readonly events: ReadonlySet<string>
}

interface Definition {
  readonly node: AstNode
  readonly contract: string
}

/** Follows calls through src/ by the compiler's own references; a call on one of our interfaces leads to its implementation. */
export const reachOf = (compilation: Compilation): ((contract: string, functionName: string) => Reach) => {
  const byId = new Map<number, Definition>()
  const bySelector = new Map<string, Definition>()
  const visit = (node: AstNode, contract: string): void => {
    const inside = node.nodeType === 'ContractDefinition' ? (node.name as string) : contract
    if (node.nodeType === 'FunctionDefinition' || node.nodeType === 'ModifierDefinition') {
      byId.set(node.id as number, { node, contract: inside })
      const selector = node.functionSelector as string | undefined
      if (selector !== undefined && node.body) bySelector.set(selector, { node, contract: inside })
    }
    for (const child of childrenOf(node)) visit(child, inside)
  }
  for (const [path, { ast }] of Object.entries(compilation.sources)) if (path.startsWith('src/')) visit(ast, '')

  const collect = (node: AstNode, seen: Set<number>, errors: Set<string>, events: Set<string>): void => {
    if (node.nodeType === 'RevertStatement') errors.add(calledName(node.errorCall as AstNode))
    if (node.nodeType === 'EmitStatement') events.add(calledName(node.eventCall as AstNode))
    const target = byId.get(node.referencedDeclaration as number)
    // Items of a batch are tried: what they end with becomes a reason in an event.
    const tried = /Item$/.test((target?.node.name as string | undefined) ?? '')
    if (target !== undefined && !tried && node.nodeType !== 'FunctionDefinition') follow(target, seen, errors, events)
    for (const child of childrenOf(node)) collect(child, seen, errors, events)
  }
  const follow = (found: Definition, seen: Set<number>, errors: Set<string>, events: Set<string>): void => {
    const selector = found.node.functionSelector as string | undefined
    const real = found.node.body || selector === undefined ? found : (bySelector.get(selector) ?? found)
    const id = real.node.id as number
    if (seen.has(id)) return
    seen.add(id)
    collect(real.node, seen, errors, events)
  }
  return (contract, functionName) => {
    const errors = new Set<string>()
    const events = new Set<string>()
    for (const found of byId.values())
      if (found.contract === contract && found.node.name === functionName) follow(found, new Set(), errors, events)
    return { errors, events }
  }
}

const calledName = (call: AstNode): string => {
  const expression = call.expression as AstNode
  return (expression.name ?? expression.memberName) as string
}
