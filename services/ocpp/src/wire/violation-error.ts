import type { ErrorObject } from 'ajv'
import { RpcError, type RpcErrorCode } from './error-codes.ts'

const codeOf: Record<string, RpcErrorCode> = {
  type: 'TypeConstraintViolation',
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  additionalProperties: 'FormatViolation',
}

/** The CALLERROR for a payload that breaks its schema: the first fault decides the code, all are named. */
export const violationError = (violations: readonly ErrorObject[]): RpcError => {
  const [first] = violations
  const words = violations.slice(0, 5).map((fault) => `${fault.instancePath || '/'} ${fault.message ?? fault.keyword}`)
  return new RpcError(codeOf[first?.keyword ?? ''] ?? 'PropertyConstraintViolation', words.join('; '))
}
