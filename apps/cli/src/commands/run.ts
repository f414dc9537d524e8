import { WerenodeError } from '@werenode/core'
import { servicesSpec } from '../cluster/spec.ts'
import type { CommandSpec } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { chargeSpec } from './charge/spec.ts'
import { configSpec } from './config-spec.ts'
import { help } from './help.ts'
import { ocpiSpec } from './ocpi/spec.ts'
import { partySpec } from './party/spec.ts'
import { plugSpec } from './plug/spec.ts'
import { simSpec } from './sim/spec.ts'
import { creditSpec, irveStatusSpec, mapStatsSpec, sessionSpec, sessionsSpec, stationsSpec } from './specs.ts'
import { startSpec } from './start-spec.ts'
import { stationSpec } from './station/spec.ts'
import { storeSpec } from './store/spec.ts'

type Run = (args: readonly string[], screen: Screen) => Promise<number>

export interface Command {
  readonly spec: CommandSpec
  /** Loaded when it is run: `sessions` need not load the server. */
  readonly load: () => Promise<Run>
}

export const commands: Readonly<Record<string, Command>> = {
  start: { spec: startSpec, load: async () => (await import('./start.ts')).start },
  serve: { spec: servicesSpec, load: async () => (await import('../cluster/start-services.ts')).startServices },
  store: { spec: storeSpec, load: async () => (await import('./store/store.ts')).store },
  charge: { spec: chargeSpec, load: async () => (await import('./charge/charge.ts')).charge },
  sessions: { spec: sessionsSpec, load: async () => (await import('./sessions.ts')).sessions },
  session: { spec: sessionSpec, load: async () => (await import('./session.ts')).session },
  credit: { spec: creditSpec, load: async () => (await import('./credit.ts')).credit },
  stations: { spec: stationsSpec, load: async () => (await import('./stations.ts')).stations },
  'map-stats': { spec: mapStatsSpec, load: async () => (await import('./map-stats.ts')).mapStats },
  'irve-status': { spec: irveStatusSpec, load: async () => (await import('./irve-status.ts')).irveStatus },
  plug: { spec: plugSpec, load: async () => (await import('./plug/plug.ts')).plug },
  station: { spec: stationSpec, load: async () => (await import('./station/station.ts')).station },
  ocpi: { spec: ocpiSpec, load: async () => (await import('./ocpi/ocpi.ts')).ocpi },
  party: { spec: partySpec, load: async () => (await import('./party/party.ts')).party },
  config: { spec: configSpec, load: async () => (await import('./config.ts')).config },
  sim: { spec: simSpec, load: async () => (await import('./sim/sim.ts')).sim },
}

/** Runs one command line; resolves with the exit code. */
export const run = async (args: readonly string[], screen: Screen): Promise<number> => {
  const [name = 'help', ...rest] = args
  if (['help', '--help', '-h'].includes(name)) return help(rest[0], commands, screen)
  if (['version', '--version', '-v'].includes(name)) return help('version', commands, screen)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined)
    throw new WerenodeError('invalid-input', `There is no command "${name}"`, {
      hint: `Commands: ${Object.keys(commands).join(', ')}. \`./werenode help\` tells more.`,
    })
  if (rest.includes('--help')) return help(name, commands, screen)
  return (await command.load())(rest, screen)
}
