import { ask, type Bus, type Principal, type SessionId, type SessionView, WerenodeError } from '@werenode/core'

export type OwnSession = (principal: Principal, sessionId: SessionId) => Promise<SessionView>

/** A driver's own session. Another driver's is not there, in the same words as one that never was: `not-found`. */
export const createOwnSession =
  (bus: Bus): OwnSession =>
  async (principal, sessionId) => {
    // Made only when it is thrown: an error gathers its stack, which costs as much as the rest of its route.
    const missing = (): WerenodeError =>
      new WerenodeError('not-found', `There is no session ${sessionId}`, { hint: 'GET /v1/sessions lists yours.' })
    const view = await ask(bus, 'manager.session', { sessionId }).catch((error: unknown) => {
      throw error instanceof WerenodeError && error.code === 'not-found' ? missing() : error
    })
    if (view.driver.toLowerCase() !== principal.address) throw missing()
    return view
  }
