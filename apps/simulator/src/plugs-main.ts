import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import {
  type PlugCommand,
  type PlugFamily,
  type PlugOptions,
  plugFamilies,
  plugMisbehaviours,
} from './plugs/options.ts'
import { createSimPlug, type SimPlug } from './plugs/plug.ts'

const usage = `Simulated smart plugs and small EVSEs, speaking MQTT over the wire.

  --url URL            the broker, e.g. mqtt://127.0.0.1:1883
  --id ID              name of the plug; also its user name unless --user is given
  --family F           ${plugFamilies.join(', ')}
  --set NAME=VALUE     a variable of the device profile, e.g. --set topic=tasmota_A1B2C3; may be repeated
  --user NAME, --password TEXT
  --power W            most it gives (2300)
  --report S           seconds between reports (10)
  --plugged            a car stands at it
  --auto               a car comes when it is switched on
  --misbehave A,B,...  bad habits; \`--misbehave list\` shows them
  --plugs FILE         many plugs: a JSON array of objects (id, url, family, variables, username, password, ...)
  --tick MS            real time between two steps of the physics (100)
  --detached           go on when stdin ends

Commands come as JSON lines on stdin, e.g. {"id":1,"do":"plugIn","plug":"P1"}; events go out as JSON lines on stdout.
`

const write = (line: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

const run = (): void => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      id: { type: 'string' },
      family: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      user: { type: 'string' },
      password: { type: 'string' },
      power: { type: 'string' },
      report: { type: 'string' },
      plugged: { type: 'boolean', default: false },
      auto: { type: 'boolean', default: false },
      misbehave: { type: 'string' },
      plugs: { type: 'string' },
      tick: { type: 'string', default: '100' },
      detached: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return void process.stdout.write(usage)
  if (values.misbehave === 'list') {
    for (const [name, does] of Object.entries(plugMisbehaviours)) process.stdout.write(`${name.padEnd(22)}${does}\n`)
    return
  }
  const list =
    values.plugs === undefined ? [single(values)] : (JSON.parse(readFileSync(values.plugs, 'utf8')) as PlugOptions[])
  const plugs = new Map<string, SimPlug>()
  for (const options of list) {
    if (!plugFamilies.includes(options.family))
      throw new Error(`There is no family "${options.family}"; there are ${plugFamilies.join(', ')}`)
    plugs.set(
      options.id,
      createSimPlug(options, (event, data) => write({ event, plug: options.id, ...data })),
    )
  }

  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    for (const plug of plugs.values()) plug.tick(now - last)
    last = now
  }, Number(values.tick))
  let isQuitting = false
  const quit = (): void => {
    if (isQuitting) return
    isQuitting = true
    clearInterval(timer)
    void Promise.allSettled([...plugs.values()].map((plug) => plug.stop())).then(() => process.exit(0))
  }
  const obey = (line: string): void => {
    if (line.trim() === '') return
    let id: unknown
    try {
      const command = JSON.parse(line) as PlugCommand & { id?: unknown; plug?: string }
      id = command.id
      const plug = plugs.get(command.plug ?? list[0]!.id)
      if (command.do === 'quit') {
        quit()
        return
      }
      if (!plug) throw new Error(`There is no plug "${command.plug}" here`)
      write({ reply: id ?? null, ok: true, ...plug.perform(command) })
    } catch (error) {
      write({ reply: id ?? null, ok: false, error: (error as Error).message })
    }
  }
  const input = createInterface({ input: process.stdin })
  input.on('line', obey)
  // Whoever started us is gone: nobody could stop us any more.
  if (!values.detached) input.on('close', quit)
  process.on('SIGINT', quit)
  process.on('SIGTERM', quit)
  process.stdout.on('error', quit)
  for (const plug of plugs.values()) plug.start()
}

const single = (values: {
  url?: string | undefined
  id?: string | undefined
  family?: string | undefined
  set: string[]
  user?: string | undefined
  password?: string | undefined
  power?: string | undefined
  report?: string | undefined
  plugged: boolean
  auto: boolean
  misbehave?: string | undefined
}): PlugOptions => {
  const { url, id, family } = values
  if (url === undefined || id === undefined || family === undefined)
    throw new Error('Say --url, --id and --family, or give several plugs with --plugs FILE; --help shows the rest')
  return {
    id,
    url,
    family: family as PlugFamily,
    variables: Object.fromEntries(
      values.set.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
    username: values.user ?? id,
    ...(values.password === undefined ? {} : { password: values.password }),
    ...(values.power === undefined ? {} : { maxPowerW: Number(values.power) }),
    ...(values.report === undefined ? {} : { reportS: Number(values.report) }),
    plugged: values.plugged,
    auto: values.auto,
    misbehave: values.misbehave?.split(',') ?? [],
  }
}

try {
  run()
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 2
}
