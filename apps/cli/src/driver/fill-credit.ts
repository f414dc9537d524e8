import { setTimeout as pause } from 'node:timers/promises'
import { WerenodeError } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'

const pauseMs = 200
const withinMs = 30_000

/** Asks the test faucet and waits until the credit is there. Throws `timeout` when it does not come. */
export const fillCredit = async (werenode: Werenode, amountMicro: bigint, leastMicro: bigint): Promise<bigint> => {
  await werenode.faucet(amountMicro)
  const until = Date.now() + withinMs
  for (;;) {
    const { creditMicro } = await werenode.credit()
    if (creditMicro >= leastMicro) return creditMicro
    if (Date.now() > until)
      throw new WerenodeError('timeout', 'The test euro did not arrive within 30 s', {
        hint: 'See the log of the server; `./werenode credit` shows when they are there.',
      })
    await pause(pauseMs)
  }
}
