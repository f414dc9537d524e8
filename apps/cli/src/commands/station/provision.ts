import { existsSync, readFileSync } from 'node:fs'
import type { ChargingStationSettings, OcppVersionName, SecurityProfile } from '@werenode/core'
import { pairs, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'
import { badOption, type StationOptions, type Verbs } from './context.ts'
import { printStation } from './show.ts'
import { profileWords } from './words.ts'

/** Lets stations in and out, and decides how they prove who they are. */
export const provisionVerbs: Verbs<'add' | 'change' | 'block' | 'unblock' | 'remove' | 'rekey'> = {
  add: async ({ stations, screen, options, word }) => {
    const stationId = word(0, 'the identity the station connects with')
    const { password } = options
    const setup = await stations.register({
      stationId,
      ...settingsOf(options),
      ...(password === undefined ? {} : { password }),
    })
    const { paint, print } = screen
    print(paint.strong('Set the station up like this:'))
    print()
    print(
      pairs([
        ['  Address (OCPP-J)', setup.url],
        ['  Identity', stationId],
        ...(setup.password === undefined ? [] : [['  Password', setup.password] as [string, string]]),
        ['  Security profile', profileWords[setup.station.securityProfile]],
      ]),
    )
    printWarnings(setup.warnings, screen)
    if (setup.password !== undefined)
      print(paint.muted('The password is not shown again; `./werenode station rekey` makes another.'))
    return 0
  },

  change: async ({ stations, screen, options, word }) => {
    const stationId = word(0, 'the id of a station')
    const change = settingsOf(options)
    if (Object.keys(change).length === 0)
      throw badOption('Nothing to change was named', 'For example --label, --profile, --strict, --interval.')
    const view = await stations.change(stationId, change)
    printStation(view, screen)
    const needsPassword = view.securityProfile === 1 || view.securityProfile === 2
    if (needsPassword && view.passwords === 0)
      printWarnings([`It has no password yet: ./werenode station rekey ${stationId} --by-hand`], screen)
    return 0
  },

  block: async ({ stations, screen, word }) => {
    const { stationId } = await stations.change(word(0, 'the id of a station'), { blocked: true })
    screen.print(`${stationId} is blocked; it is turned away until \`./werenode station unblock ${stationId}\`.`)
    return 0
  },

  unblock: async ({ stations, screen, word }) => {
    const { stationId } = await stations.change(word(0, 'the id of a station'), { blocked: false })
    screen.print(`${stationId} may connect again.`)
    return 0
  },

  remove: async ({ stations, screen, word }) => {
    const stationId = word(0, 'the id of a station')
    await stations.remove(stationId)
    screen.print(`${stationId} is out. What it told is kept.`)
    return 0
  },

  rekey: async ({ stations, screen, options, word }) => {
    const { user, password, told } = await stations.rekey(word(0, 'the id of a station'), !options['by-hand'])
    screen.print(pairs([['Identity', user] as const, ['Password', password] as const]))
    screen.print(screen.paint.muted(told ? 'The station took it.' : 'Type it into the station; the old one has ended.'))
    return 0
  },
}

const printWarnings = (warnings: readonly string[], { paint, print, glyphs }: Screen): void => {
  for (const warning of warnings) print(`${paint.warning(glyphs.warning)} ${visible(warning)}`)
}

const versions: Readonly<Record<string, OcppVersionName>> = {
  '1.6': 'ocpp1.6',
  '2.0.1': 'ocpp2.0.1',
  '2.1': 'ocpp2.1',
}

const settingsOf = (options: StationOptions): ChargingStationSettings => {
  const { profile, organisation, label, version, interval, power } = options
  if (profile !== undefined && !/^[0-3]$/.test(profile))
    throw badOption(`--profile ${profile} is not a security profile`, 'It is 0, 1, 2 or 3.')
  if (version !== undefined && versions[version] === undefined)
    throw badOption(`--version ${version} is not spoken here`, 'It is 1.6, 2.0.1 or 2.1.')
  if (options.strict && options.tolerant) throw badOption('Strict or tolerant?', 'Give one of --strict and --tolerant.')
  const meterKey = options['meter-key']
  return {
    ...(profile === undefined ? {} : { securityProfile: Number(profile) as SecurityProfile }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(label === undefined ? {} : { label }),
    ...(version === undefined ? {} : { defaultVersion: versions[version]! }),
    ...(interval === undefined ? {} : { meterIntervalS: Math.round(interval) }),
    ...(power === undefined ? {} : { maxPowerW: Math.round(power) }),
    ...(options.strict || options.tolerant ? { strict: options.strict } : {}),
    ...(options['no-ping'] ? { noPing: true } : {}),
    ...(options['whole-seconds'] ? { wholeSeconds: true } : {}),
    ...(meterKey === undefined ? {} : { meterKeys: meterKeysOf(meterKey) }),
  }
}

/** `1=KEY` or `1=FILE`. */
const meterKeysOf = (text: string): Readonly<Record<string, string>> => {
  const [, evse, key] = /^([1-9]\d{0,2})=(.+)$/s.exec(text) ?? []
  if (evse === undefined || key === undefined)
    throw badOption(`--meter-key ${text.slice(0, 40)} is not EVSE=KEY`, 'For example --meter-key 1=meter.pem.')
  return { [evse]: existsSync(key) ? readFileSync(key, 'utf8') : key }
}
