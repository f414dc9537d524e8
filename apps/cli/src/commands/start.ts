import { join, resolve } from 'node:path'
import { WerenodeError } from '@werenode/core'
import { progressLine } from '@werenode/design/terminal'
import type { Logger } from 'pino'
import { buildApp } from '../apps/build-app.ts'
import { member, mobile, portal } from '../apps/list.ts'
import { showApp } from '../apps/show-app.ts'
import { showDefev } from '../apps/show-defev.ts'
import { partyNamed } from '../demo/party.ts'
import { armKillPoint } from '../kill-at.ts'
import { composeNode, importIrve, type RunningNode, readStatusSource } from '../node/compose.ts'
import { contractPoolOf } from '../node/contract-pool.ts'
import { defaultDataFolder, openDataFolder } from '../node/folders.ts'
import { openLog } from '../node/log.ts'
import { demoBook } from '../node/operator/demo-book.ts'
import { existingChainOf } from '../node/operator/existing-chain.ts'
import { operatorScreen } from '../node/operator/operator-screen.ts'
import { type PlugBook, readPlugBook } from '../node/operator/plug-book.ts'
import { createParts } from '../node/parts.ts'
import { plugDoorOf } from '../node/plug-door.ts'
import { assertPortsFree, choosePort } from '../node/ports.ts'
import { assertNoServer, removeServerNote, writeServerNote } from '../node/server-note.ts'
import { stationDoorOf } from '../node/station-door.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { printTrouble, sentenceOf } from '../terminal/trouble.ts'
import { showStatusFeed } from './show-status-feed.ts'
import { startSpec } from './start-spec.ts'

/** Runs until Ctrl-C. Resolves with the exit code. */
export const start = async (args: readonly string[], screen: Screen): Promise<number> => {
  const startedAt = performance.now()
  const { options } = parseArguments(startSpec, args)
  armKillPoint(process.env)
  const { paint, glyphs } = screen
  const say = (text = ''): void => {
    if (!options.quiet) screen.print(text)
  }
  const host = options.host ?? '127.0.0.1'
  const party = partyNamed(options.party, options['party-name'])
  const folder = resolve(options.data ?? defaultDataFolder)
  const defevPort = options['defev-port'] ?? 8090
  const book = await bookOf(options['operator-node'], options.plugs)
  const existing = existingChainOf({
    operatorNode: options['operator-node'],
    rpcUrl: options['rpc-url'],
    addresses: options.addresses,
  })
  const statuses = options['irve-status'] === undefined ? undefined : readStatusSource(options['irve-status'])
  assertNoServer(join(folder, 'server.json'))
  await assertPortsFree([
    { what: 'the web', port: options.port ?? 8080, host, option: '--port' },
    { what: 'charging stations', port: options['ocpp-port'] ?? 9000, host, option: '--ocpp-port' },
    { what: 'smart plugs', port: options['mqtt-port'] ?? 1883, host, option: '--mqtt-port' },
    ...(existing === undefined
      ? [{ what: 'the chain', port: options['rpc-port'] ?? 8545, host, option: '--rpc-port' }]
      : []),
    ...(wantsApps(options) ? [{ what: 'DEFev', port: defevPort, host, option: '--defev-port' }] : []),
    { what: 'health and metrics', port: options['admin-port'] ?? 8081, host: '127.0.0.1', option: '--admin-port' },
  ])
  const ports = {
    http: await choosePort(options.port ?? 8080, host),
    ocpp: await choosePort(options['ocpp-port'] ?? 9000, host),
    mqtt: await choosePort(options['mqtt-port'] ?? 1883, host),
    rpc: await choosePort(options['rpc-port'] ?? 8545, host),
    admin: await choosePort(options['admin-port'] ?? 8081, '127.0.0.1'),
  }
  const plugDoor = plugDoorOf(
    {
      broker: options['mqtt-broker'],
      cert: options['mqtt-cert'],
      key: options['mqtt-key'],
      clientCa: options['mqtt-client-ca'],
    },
    process.env,
  )
  const stationDoor = stationDoorOf({
    port: await choosePort(options['ocpp-tls-port'] ?? 9001, host),
    cert: options['ocpp-cert'],
    key: options['ocpp-key'],
    clientCa: options['ocpp-client-ca'],
  })
  const origin = originOf(options.origin, ports.http)
  const data = await openDataFolder(folder, { fresh: options.fresh })
  const { log, file: logFile, flush } = openLog(data.log, process.env.WERENODE_LOG_LEVEL ?? 'info')
  await writeServerNote(data.note, { state: 'starting', id: data.id })

  say(paint.strong('Werenode'))
  const parts = createParts({
    onStarted: (name, ms) => {
      say(`  ${paint.positive(glyphs.check)} ${name.padEnd(20)} ${paint.muted(`${(ms / 1000).toFixed(1)} s`)}`)
      log.info({ part: name, ms: Math.round(ms) }, 'Started')
    },
    onStopFailure: (name, error) => log.error({ part: name, err: error }, 'Did not stop in order'),
  })
  const ending = followSignals({ screen, log: (words, error) => log.fatal({ err: error }, words) })

  let exitCode = 0
  let unfinished: Promise<unknown> = Promise.resolve()
  try {
    const running = composeNode(
      {
        data,
        host,
        ports,
        origin,
        simulate: !options['no-sim'] && options.plugs === undefined,
        party,
        ...(book === undefined ? {} : { plugBook: book }),
        ...(existing === undefined ? {} : { existing }),
        ...(stationDoor === undefined ? {} : { stationDoor }),
        ...contractPoolOf(options['contract-pool'], process.env),
        plugDoor,
        log,
        clock: () => new Date(),
        tuning: {
          ...(options['cosign-timeout'] === undefined
            ? {}
            : { manager: { cosignTimeoutS: options['cosign-timeout'] } }),
          roaming: { clientInfo: { partners: options['tell-partners'] ?? false } },
        },
      },
      parts,
    )
    const node = await Promise.race([running, ending.asked])
    if (node === 'stop') unfinished = running.catch(() => undefined)
    else {
      const { ocppUrl: ocpp, mqttUrl: mqtt, rpcUrl: rpc } = node
      await writeServerNote(data.note, { state: 'ready', id: data.id, origin, ocpp, mqtt, rpc })
      const took = paint.muted(`(${seconds(startedAt)})`)
      screen.print(
        book === undefined
          ? `${paint.strong('Werenode is ready')} at ${paint.accent(origin)} ${took}`
          : `${paint.strong('The operator node is ready')} ${took}`,
      )
      if (node.plugs.heard < node.plugs.wanted)
        say(
          paint.warning(
            `  ${node.plugs.wanted - node.plugs.heard} simulated plugs have not reported yet; see ${logFile}`,
          ),
        )
      if (book !== undefined && !options.quiet) operatorScreen(node, book, data, screen)
      const shown =
        options['no-import'] || book !== undefined ? Promise.resolve() : showImport(node, screen, options.quiet)
      if (statuses !== undefined && book === undefined) {
        const everyMs = Math.max(options['irve-status-every'] ?? 300, 1) * 1_000
        // The places come first: a status of none of them says nothing.
        void shown
          .then(() => showStatusFeed(node, parts, { source: statuses, everyMs, screen, quiet: options.quiet, log }))
          .catch((error: unknown) => log.error({ err: error }, 'The open-data statuses could not be followed'))
      }
      if (book === undefined)
        await Promise.race([shown.then(() => !options.quiet && lastScreen(node, screen, logFile)), ending.asked])
      if (wantsApps(options)) {
        const { chain } = node
        const portalBuilt = book === undefined ? showPortal(parts, { screen, log, origin }) : Promise.resolve()
        // One build at a time.
        void portalBuilt
          .then(() =>
            book === undefined ? showApp(parts, member, { screen, log, url: `${origin}/member/` }) : undefined,
          )
          .then(async () => {
            // On somebody else's chain, drivers use any copy of the app: the address of this node's RPC may be a secret.
            if (!('funder' in chain)) return
            await showDefev(parts, { screen, log, host, port: defevPort, folder: data.path, chain })
          })
          // The heaviest of them is the last.
          .then(() =>
            book === undefined ? showApp(parts, mobile, { screen, log, url: `${origin}/mobile/` }) : undefined,
          )
          .catch((error: unknown) => log.error({ err: error }, 'DEFev'))
      }
      await ending.asked
    }
    exitCode = ending.exitCode()
  } catch (error) {
    exitCode = 1
    log.error({ err: error }, 'The server could not go on')
    printTrouble(screen, error)
    const { code } = error as { code?: string }
    if (code === undefined || code === 'internal') screen.print(`  The log says more: ${logFile}`)
  }

  screen.clear()
  const late = await parts.stop((name) => screen.live && screen.redraw(`${paint.muted('Stopping')} ${name}`))
  // A part that was just starting is stopped as soon as it is up.
  await Promise.race([unfinished, pause(unfinishedMs)])
  await removeServerNote(data.note)
  log.info('Stopped')
  flush()
  if (late.length > 0)
    screen.print(
      `${paint.warning(glyphs.warning)} These did not stop in order: ${late.join(', ')}. Nothing stored is lost.`,
    )
  if (exitCode === 0) screen.print('Stopped. Run `npm start` again and everything goes on where it was.')
  const code = late.length > 0 ? 1 : exitCode
  // Whatever still holds the process has had its time.
  setTimeout(() => process.exit(code), 2_000).unref()
  return code
}

/** The plugs of an operator node; undefined: the whole house. */
const bookOf = async (operatorNode: boolean, file: string | undefined): Promise<PlugBook | undefined> => {
  if (operatorNode) return file === undefined ? demoBook() : readPlugBook(file)
  if (file === undefined) return undefined
  throw new WerenodeError('invalid-input', '--plugs is for an operator node', {
    hint: 'Say --operator-node as well. In the whole house, plugs are added in the portal or by `werenode plug add`.',
  })
}

const unfinishedMs = 20_000
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

const originOf = (given: string | undefined, port: number): string => {
  if (given === undefined) return `http://localhost:${port}`
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new WerenodeError('invalid-input', `--origin ${given} is not a web address`, {
      hint: 'Write it like https://charge.example.org.',
    })
  return url.origin
}

/** The French charge points, with a bar while they come in. A failure is told and does not stop the server. */
const showImport = async ({ store, clock }: RunningNode, screen: Screen, quiet: boolean): Promise<void> => {
  const { paint, glyphs, format } = screen
  const startedAt = performance.now()
  try {
    const report = await importIrve({
      store,
      clock,
      onProgress: ({ phase, rows, stations, stationsDone }) => {
        if (quiet || phase === 'done') return
        const reading = phase === 'reading'
        screen.redraw(
          progressLine(reading ? rows : stationsDone, reading ? 29_109 : stations, {
            glyphs,
            fill: paint.accent,
            columns: screen.columns - 1,
            label: `  French open data, ${reading ? 'reading' : 'writing'}`,
            figures: reading
              ? `${format.number(rows)} charge points`
              : `${format.number(stationsDone)} of ${format.number(stations)} stations`,
          }),
        )
      },
    })
    if (quiet) return
    const what = `${format.number(report.points)} French charge points at ${format.number(report.stations)} stations`
    screen.print(
      `  ${paint.positive(glyphs.check)} ${what} ${paint.muted(report.knownFile ? '(there already)' : `(${seconds(startedAt)})`)}`,
    )
  } catch (error) {
    const { message } = sentenceOf(error)
    screen.print(`  ${paint.warning(glyphs.warning)} The French open data could not be read: ${message}`)
  }
}

/** Whoever looks at the screen wants the apps; a test, or a server that says little, does not wait for them. */
const wantsApps = (options: { readonly quiet: boolean; readonly 'no-import': boolean }): boolean =>
  !options.quiet && !options['no-import'] && process.env.WERENODE_APPS !== 'off'

/** Builds the portal behind the running server, and says when it stands. */
const showPortal = async (
  parts: ReturnType<typeof createParts>,
  deps: { readonly screen: Screen; readonly log: Logger; readonly origin: string },
): Promise<void> => {
  const { paint, glyphs, print } = deps.screen
  const startedAt = performance.now()
  const build = await parts.add('apps', async () => {
    const part = buildApp(portal, { log: deps.log })
    return { part, stop: async () => part.stop() }
  })
  const outcome = await build.done
  if (outcome === 'built')
    print(
      `  ${paint.positive(glyphs.check)} ${portal.title} at ${deps.origin}/ ${paint.muted(`(${seconds(startedAt)})`)}`,
    )
  else if (outcome === 'failed')
    print(`  ${paint.warning(glyphs.warning)} The portal could not be built; the log says why. Everything else runs.`)
}

const lastScreen = (
  { origin, ocppUrl, mqttUrl, rpcUrl, adminUrl, plugs }: RunningNode,
  screen: Screen,
  logFile: string,
): void => {
  const { paint, print } = screen
  const line = (name: string, text: string): void => print(`  ${name.padEnd(20)} ${text}`)
  print()
  line('Web and API', paint.accent(`${origin}/`))
  line('API description', `${origin}/openapi.json`)
  line('Charging stations', `${ocppUrl}<identity>`)
  line('Smart plugs (MQTT)', mqttUrl)
  line('Roaming (OCPI)', `${origin}/ocpi/versions`)
  line('Chain (JSON-RPC)', rpcUrl)
  line('Health and metrics', adminUrl)
  line('Log', logFile)
  print()
  if (plugs.wanted > 0) {
    print(`Now charge a car, in another terminal (${plugs.heard} simulated plugs are waiting; the euro are test euro):`)
    print()
    print(`  ${paint.strong('./werenode stations')}                 what stands where`)
    print(`  ${paint.strong("./werenode charge 'FR*WRN*E000001'")}  from the price to the settlement on chain`)
    print(`  ${paint.strong('./werenode sessions')}                 what was charged`)
    print(`  ${paint.strong('npm run sim')}                         play a charging station yourself`)
    print()
  }
  print('Ctrl-C stops everything; nothing is lost.')
}

/**
 * Ctrl-C and its relatives. The first asks for an orderly stop; one that comes at once after it is the same key press, passed on by
 * npm; a later one ends the process now.
 */
const followSignals = (deps: { screen: Screen; log: (words: string, error?: unknown) => void }) => {
  let askedAt: number | undefined
  let exitCode = 0
  let ask: (word: 'stop') => void
  const asked = new Promise<'stop'>((resolve) => {
    ask = resolve
  })
  const onSignal = (): void => {
    if (askedAt === undefined) {
      askedAt = Date.now()
      ask('stop')
    } else if (Date.now() - askedAt > 1000) {
      deps.screen.print('Stopped at once. What was under way goes on at the next start.')
      process.exit(130)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const onFault = (words: string) => (error: unknown) => {
    deps.log(words, error)
    exitCode = 1
    printTrouble(
      deps.screen,
      new WerenodeError('internal', 'Something broke inside the server; it stops in order', {
        hint: 'The log says more. Start it again: everything goes on where it was.',
        cause: error,
      }),
    )
    askedAt ??= Date.now()
    ask('stop')
  }
  process.on('uncaughtException', onFault('An exception nobody caught'))
  process.on('unhandledRejection', onFault('A rejection nobody handled'))
  return { asked, exitCode: () => exitCode }
}
