import type { Handler } from '../link/handler.ts'

/** OCPP 1.6 §6.29 and 2.x B: tells the station the time. That it lives is known from any frame. */
export const createHeartbeat =
  (): Handler<Record<string, never>, { readonly currentTime: string }> => async (_, call) => ({
    currentTime: call.now(),
  })
