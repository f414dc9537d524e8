import type { NatsBus } from '@werenode/bus/nats'

/** Does something in one process of the house at a time; resolves when this one has done it. What fails is told in the log and tried again. */
export const inTurn = async (bus: NatsBus, name: string, run: () => Promise<void>): Promise<void> => {
  let leave: (() => Promise<void>) | undefined
  await new Promise<void>((resolve) => {
    leave = bus.lead(name, async () => {
      await run()
      resolve()
      return async () => undefined
    })
  })
  await leave?.()
}
