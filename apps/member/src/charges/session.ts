import { terminalStates } from '@werenode/core'
import type { ApiCalls } from '@werenode/sdk'

/** A session as the node tells it. */
export type Session = Awaited<ReturnType<ApiCalls['getSession']>>

export const isSessionOver = (state: Session['state']): boolean => terminalStates.has(state)
