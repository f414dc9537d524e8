import { WerenodeError } from '@werenode/core'
import { pairs } from '@werenode/design/terminal'
import { connectDriver } from '../driver/connect.ts'
import { fillCredit } from '../driver/fill-credit.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { creditSpec } from './specs.ts'

/** `./werenode credit [--add EUR]`. */
export const credit = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { options } = parseArguments(creditSpec, args)
  const { paint, print, format, glyphs } = screen
  const { werenode, address } = await connectDriver(options)
  if (options.add !== undefined) {
    const addMicro = BigInt(Math.round(options.add * 1e6))
    if (!(await werenode.network()).local)
      throw new WerenodeError('not-allowed', 'This network has no faucet: its euro are real', {
        hint: 'Send tokens to your wallet and deposit them as credit.',
      })
    const before = await werenode.credit()
    await fillCredit(werenode, addMicro, before.creditMicro + addMicro)
    print(`${paint.positive(glyphs.check)} The test faucet gave ${format.money(addMicro)}.`)
  }
  const { creditMicro, walletMicro } = await werenode.credit()
  const full = (micro: bigint): string => format.money(micro, { precision: 'full' })
  print(
    pairs(
      [
        ['  Driver', address],
        ['  Energy credit', paint.strong(full(creditMicro))],
        ['  In the wallet', full(walletMicro)],
      ],
      paint.muted,
    ),
  )
  return 0
}
