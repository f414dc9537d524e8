import { createInterface } from 'node:readline/promises'
import { type SessionStateName, WerenodeError } from '@werenode/core'
import { connectDriver, type Driver } from '../../driver/connect.ts'
import { fillCredit } from '../../driver/fill-credit.ts'
import { parseArguments } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import { choosePlug } from './choose-plug.ts'
import { followCharge } from './follow-charge.ts'
import { quoteScreen } from './quote-screen.ts'
import { chargeSpec } from './spec.ts'

const faucetMicro = 100_000_000n
const usualMaxMicro = 25_000_000n
/** Of a charge that another run of this command began and did not see to its end. */
const underWay: readonly SessionStateName[] = [
  'opening',
  'funded',
  'starting',
  'charging',
  'stopping',
  'ended',
  'settling',
]

/** `./werenode charge`: the driver's whole walk. Resolves with 0 when it was settled. */
export const charge = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(chargeSpec, args)
  const { paint, print, format } = screen
  const driver = await connectDriver(options)
  if (driver.made) print(paint.muted(`A driver's key was made: ${driver.keyFile} (keep it; nobody else has it)`))
  const { werenode } = driver
  const targetWh = options.kwh === undefined ? undefined : Math.round(options.kwh * 1000)

  const running = await werenode.sessions({ states: underWay, limit: 1 })
  const [unfinished] = running.items
  if (unfinished !== undefined && words[0] === undefined) {
    print(`You have a charge under way at ${format.evseId(unfinished.evseId)}; going on with it.`)
    return followCharge({ driver, sessionId: unfinished.id, targetWh, screen })
  }

  const { evse, connector } = await choosePlug(werenode, words[0])
  const maxAmountMicro = options.max === undefined ? usualMaxMicro : BigInt(Math.round(options.max * 1e6))
  const quote = await werenode.quote({ evseId: evse.evseId, connector: connector.id, maxAmountMicro })
  const creditMicro = quote.free ? 0n : await enoughCredit(driver, quote.maxAmountMicro, screen)
  print(quoteScreen({ quote, standard: connector.standard, maxPowerW: connector.maxPowerW, creditMicro }, screen))
  print()
  if (!options.yes && !(await agreed(screen))) {
    print('Nothing was signed.')
    return 1
  }
  const session = await werenode.open(quote)
  return followCharge({ driver, sessionId: session.id, targetWh, screen })
}

/** On a local chain the faucet helps; elsewhere the driver is told what is missing. */
const enoughCredit = async ({ werenode, address }: Driver, wantedMicro: bigint, screen: Screen): Promise<bigint> => {
  const { creditMicro } = await werenode.credit()
  if (creditMicro >= wantedMicro) return creditMicro
  const { local } = await werenode.network()
  if (!local)
    throw new WerenodeError(
      'credit-insufficient',
      `${address} has ${screen.format.money(creditMicro)} of energy credit; this charge locks ${screen.format.money(wantedMicro)}`,
      { hint: 'Deposit credit first, or lock less with --max.' },
    )
  screen.redraw('Asking the test faucet for euro ...')
  const askMicro = wantedMicro > faucetMicro ? wantedMicro : faucetMicro
  const filled = await fillCredit(werenode, askMicro, wantedMicro)
  screen.print(screen.paint.muted(`The test faucet gave ${screen.format.money(askMicro)} of energy credit.`))
  return filled
}

const agreed = async (screen: Screen): Promise<boolean> => {
  if (!process.stdin.isTTY)
    throw new WerenodeError('invalid-input', 'Nobody is there to agree to the price', {
      hint: 'Run it in a terminal, or agree beforehand with --yes.',
    })
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const left = new AbortController()
  lines.on('close', () => left.abort())
  try {
    const answer = await lines.question(`${screen.paint.strong('Sign and charge?')} [Y/n] `, { signal: left.signal })
    return /^(y|yes|)$/i.test(answer.trim())
  } catch {
    // Ctrl-C or the end of input is a no.
    screen.print()
    return false
  } finally {
    lines.close()
  }
}
