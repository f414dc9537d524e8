import type { Principal } from '@werenode/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OperationId } from '../contract/access.ts'
import type { Input, Output } from '../contract/contract.ts'
import type { Contracts } from '../contract/contracts.ts'

/** What a handler gets: who asks, and input that was parsed. `request`/`reply` are for headers and streams only. */
export interface Call<K extends OperationId> extends Input<Contracts[K]> {
  readonly principal: Principal
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Handler<K extends OperationId> = (call: Call<K>) => Promise<Output<Contracts[K]>>

/** One handler for each operation: leaving one out does not compile. */
export type Handlers = { readonly [K in OperationId]: Handler<K> }
