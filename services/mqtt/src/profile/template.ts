/** Values of variables; numbers may be calculated with. */
export type Values = Readonly<Record<string, string | number | undefined>>

const braces = /\{([^{}]*)\}/g
const expression = /^[a-zA-Z0-9]+([+\-*/](?:[a-zA-Z]+[0-9]?|\d+(?:\.\d+)?))*$/
const operation = /([+\-*/])([a-zA-Z]+[0-9]?|\d+(?:\.\d+)?)/g

/** `{name}` or `{name+100}`; a brace followed by a quote or a space is text (JSON in a template). */
const isExpression = (inner: string): boolean => expression.test(inner)

export const isWellFormedTemplate = (text: string): boolean => {
  for (const [, inner] of text.matchAll(braces))
    if (/^[a-zA-Z]/.test(inner!) && !isExpression(inner!) && /^[a-zA-Z0-9+\-*/.]*$/.test(inner!)) return false
  return true
}

/** Names of the variables a template needs. */
export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(braces)]
    .filter(([, inner]) => isExpression(inner!))
    .flatMap(([, inner]) => inner!.split(/[+\-*/]/))
    .filter((name) => /^[a-zA-Z]/.test(name))

/**
 * Fills `{name}` and small sums such as `{deadManS+100}` or `{elapsedS+deadManS/60}`, calculated from left to right and rounded up.
 * Undefined when a variable has no value.
 */
export const fill = (text: string, values: Values): string | undefined => {
  let isComplete = true
  const filled = text.replaceAll(braces, (whole, inner: string) => {
    if (!isExpression(inner)) return whole
    const found = evaluate(inner, values)
    if (found === undefined) isComplete = false
    return String(found ?? '')
  })
  return isComplete ? filled : undefined
}

const evaluate = (inner: string, values: Values): string | number | undefined => {
  const name = /^[a-zA-Z0-9]+/.exec(inner)![0]
  const first = Object.hasOwn(values, name) ? values[name] : undefined
  if (first === undefined || inner === name) return first
  let total = Number(first)
  for (const [, sign, operand] of inner.slice(name.length).matchAll(operation)) {
    const by = /^\d/.test(operand!) ? Number(operand) : Number(values[operand!] ?? Number.NaN)
    total = sign === '+' ? total + by : sign === '-' ? total - by : sign === '*' ? total * by : total / by
  }
  return Number.isFinite(total) ? Math.ceil(total) : undefined
}

/** A payload made of a template: texts are filled, and a text that is one expression alone becomes a number where it can. */
export const fillPayload = (payload: unknown, values: Values): unknown => {
  if (typeof payload === 'string') {
    const filled = fill(payload, values)
    if (filled === undefined) throw new MissingVariable(payload)
    const isAlone = /^\{[^{}]+\}$/.test(payload) && isExpression(payload.slice(1, -1))
    return isAlone && filled !== '' && Number.isFinite(Number(filled)) ? Number(filled) : filled
  }
  if (Array.isArray(payload)) return payload.map((part) => fillPayload(part, values))
  if (payload !== null && typeof payload === 'object')
    return Object.fromEntries(
      Object.entries(payload).map(([key, part]) => [fill(key, values) ?? key, fillPayload(part, values)]),
    )
  return payload
}

/** A template needs a variable that has no value. */
export class MissingVariable extends Error {
  constructor(text: string) {
    super(`No value for one of ${namesIn(text).join(', ')}`)
    this.name = 'MissingVariable'
  }
}
