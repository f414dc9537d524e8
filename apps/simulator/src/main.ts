import { createInterface } from 'node:readline'
import { parseArguments, usage } from './arguments.ts'
import { commandIn, wordsHelp } from './control/words.ts'
import { createFleet } from './fleet.ts'
import { misbehaviours } from './misbehave/switches.ts'
import { createListening } from './scenario/listening.ts'
import { playScenario } from './scenario/scenario.ts'

/** `node main.ts --url ws://127.0.0.1:9000/ocpp/ --id SIM-1 --password … [--version 1.6|2.0.1|2.1] …`; see `--help`. */
const run = (): void => {
  const parsed = parseArguments(process.argv.slice(2))
  if (parsed.want === 'help') return void process.stdout.write(usage)
  if (parsed.want === 'misbehaviours') {
    for (const [name, does] of Object.entries(misbehaviours)) process.stdout.write(`${name.padEnd(28)}${does}\n`)
    return
  }
  const write = (line: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
  const frames = new Set(['sent', 'received'])
  const listening = createListening()
  const fleet = createFleet(parsed.stations, {
    emit: (station, event, data) => {
      if (parsed.scenario) listening.hear({ event, station, ...data })
      if (parsed.frames || !frames.has(event)) write({ event, station, ...data })
    },
    tickMs: parsed.tickMs,
  })

  const quit = (): void => {
    fleet.stop()
    // Closing frames go out before the process does.
    setTimeout(() => process.exit(), 50)
  }

  const obey = async (line: string): Promise<void> => {
    if (line.trim() === '') return
    let id: unknown
    try {
      if (line.trim() === 'help') return void process.stdout.write(wordsHelp)
      const command = commandIn(line)
      id = command.id
      const result = command.do === 'quit' ? {} : await fleet.perform(command)
      write({ reply: id ?? null, ok: true, ...result })
      if (command.do === 'quit') quit()
    } catch (error) {
      write({ reply: id ?? null, ok: false, error: (error as Error).message })
    }
  }

  const input = createInterface({ input: process.stdin })
  input.on('line', (line) => void obey(line))
  // Whoever started us is gone: nobody could stop us any more.
  if (!parsed.detached) input.on('close', quit)
  process.on('SIGINT', quit)
  process.on('SIGTERM', quit)
  process.stdout.on('error', quit)
  fleet.start()
  if (parsed.scenario)
    playScenario(parsed.scenario, {
      perform: fleet.perform,
      next: listening.next,
      told: (data) => write({ event: 'scenario', ...data }),
    })
      .catch((error: unknown) => {
        write({ event: 'scenario', failed: (error as Error).message })
        process.exitCode = 1
      })
      .finally(quit)
}

try {
  run()
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 2
}
