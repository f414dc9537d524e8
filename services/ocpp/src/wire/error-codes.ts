import type { OcppVersion } from './version.ts'

/** RPC error codes as we name them inside; `errorCodeFor` spells them as the version does. */
export type RpcErrorCode =
  | 'NotImplemented'
  | 'NotSupported'
  | 'InternalError'
  | 'ProtocolError'
  | 'SecurityError'
  | 'FormatViolation'
  | 'PropertyConstraintViolation'
  | 'OccurrenceConstraintViolation'
  | 'TypeConstraintViolation'
  | 'GenericError'
  | 'MessageTypeNotSupported'
  | 'RpcFrameworkError'

/** OCPP-J 1.6 §4.2.3 misspells two codes and lacks two; stations compare the text. */
const spelling16: Partial<Record<RpcErrorCode, string>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  MessageTypeNotSupported: 'ProtocolError',
  RpcFrameworkError: 'ProtocolError',
}

export const errorCodeFor = (version: OcppVersion, code: RpcErrorCode): string =>
  version === 'ocpp1.6' ? (spelling16[code] ?? code) : code

/** Thrown by a handler that must refuse a CALL; it becomes a CALLERROR. Prefer an answer: an error blocks many stations' queues. */
export class RpcError extends Error {
  readonly code: RpcErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: RpcErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'RpcError'
    this.code = code
    this.details = details
  }
}
