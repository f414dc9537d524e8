import { type SessionView, terminalStates } from '@werenode/core'

/** Nothing flows any more and what it cost is known: the receipt takes the place of the live figures. */
export const isOver = (view: Pick<SessionView, 'state' | 'receipt'>): boolean =>
  terminalStates.has(view.state) || view.receipt !== undefined
