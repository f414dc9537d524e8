import { type PlugView, WerenodeError } from '@werenode/core'
import { pairs, table, visible } from '@werenode/design/terminal'
import type { Operator } from '@werenode/sdk'
import type { Screen } from '../../terminal/screen.ts'

const widthOf = (screen: Screen): number => (screen.live ? screen.columns : 140)

const powerOf = ({ live }: PlugView, { format }: Screen): string =>
  live.online && live.powerW !== undefined ? format.power(live.powerW) : ''

/** All plugs of the party, one a line. */
export const listPlugs = async (operator: Operator, screen: Screen): Promise<number> => {
  const { paint, print, format, glyphs } = screen
  const { items } = await operator.plugs()
  if (items.length === 0) {
    print('No plugs yet. `./werenode plug add ID --family NAME` lets one in.')
    return 0
  }
  const rows = items.map((plug) => [
    plug.live.online ? paint.positive(glyphs.bullet) : paint.muted(glyphs.bullet),
    plug.plugId,
    plug.family,
    plug.live.online ? (plug.live.status ?? '') : 'out of reach',
    powerOf(plug, screen),
    plug.live.registerWh === undefined ? '' : format.energy(plug.live.registerWh),
    plug.live.temperatureC === undefined ? '' : `${Math.round(plug.live.temperatureC)} °C`,
    plug.live.linkQuality === undefined ? '' : String(plug.live.linkQuality),
    visible(plug.label ?? ''),
  ])
  print(
    table(
      [
        { title: '' },
        { title: 'plug' },
        { title: 'family' },
        { title: 'now' },
        { title: 'power', align: 'right' },
        { title: 'register', align: 'right' },
        { title: 'heat', align: 'right' },
        { title: 'link', align: 'right' },
        { title: 'label', flexible: true },
      ],
      rows,
      { glyphs, width: widthOf(screen), head: paint.muted },
    ),
  )
  return 0
}

/** One plug: what it last told, and its newest readings. */
export const showPlug = async (operator: Operator, plugId: string, limit: number, screen: Screen): Promise<number> => {
  const { paint, print, format, glyphs } = screen
  const plug = await operator.plug(plugId)
  const { items } = await operator.plugReadings(plugId, { limit: Math.round(limit) })
  const { live } = plug
  print(paint.strong(visible(plug.label ?? plugId)))
  print(
    pairs([
      ['  Family', `${plug.family}, ${pairsOf(plug.variables)}`],
      ['  Now', live.online ? (live.status ?? 'connected') : 'out of reach'],
      ['  Last heard', live.heardAt === undefined ? 'never' : format.time(new Date(live.heardAt), { seconds: true })],
      ['  Power', powerOf(plug, screen)],
      ['  Rated', format.power(plug.ratedPowerW)],
      ['  Register', live.registerWh === undefined ? 'no reading yet' : format.energy(live.registerWh)],
      ['  Meter', live.method === 'counter' ? "the device's counter, not certified" : 'power added up, not certified'],
    ]),
  )
  if (items.length === 0) return 0
  print()
  print(
    table(
      [
        { title: 'time' },
        { title: 'register', align: 'right' },
        { title: 'power', align: 'right' },
        { title: 'volt', align: 'right' },
        { title: 'heat', align: 'right' },
        { title: 'findings', flexible: true },
      ],
      items.map(({ at, registerWh, powerW, voltageV, temperatureC, flags }) => [
        format.time(new Date(at), { seconds: true }),
        `${registerWh.toFixed(1)} Wh`,
        powerW === undefined ? '' : format.power(powerW),
        voltageV === undefined ? '' : String(Math.round(voltageV)),
        temperatureC === undefined ? '' : String(Math.round(temperatureC)),
        flags.join(', '),
      ]),
      { glyphs, width: widthOf(screen), head: paint.muted },
    ),
  )
  return 0
}

const pairsOf = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name} ${visible(value)}`)
    .join(', ')

/** What went wrong around the plugs, newest first. */
export const listAlarms = async (operator: Operator, limit: number, screen: Screen): Promise<number> => {
  const { paint, print, format, glyphs } = screen
  const { items } = await operator.plugAlarms(Math.round(limit))
  if (items.length === 0) {
    print('No alarms.')
    return 0
  }
  print(
    table(
      [
        { title: 'time' },
        { title: 'plug' },
        { title: 'what' },
        { title: 'times', align: 'right' },
        { title: 'from' },
        { title: 'more', flexible: true },
      ],
      items.map(({ at, plugId, kind, count, address, detail }) => [
        format.time(new Date(at), { seconds: true }),
        plugId,
        kind,
        String(count),
        address,
        visible(detail),
      ]),
      { glyphs, width: widthOf(screen), head: paint.muted },
    ),
  )
  return 0
}

/** What devices can be let in, or what must be known of one family. */
export const listFamilies = async (operator: Operator, name: string | undefined, screen: Screen): Promise<number> => {
  const { paint, print } = screen
  const { items } = await operator.plugFamilies()
  if (name === undefined) {
    print(pairs(items.map(({ family, title }) => [`  ${family}`, title])))
    print(paint.muted('\n`./werenode plug families NAME` shows what must be known of one.'))
    return 0
  }
  const family = items.find((one) => one.family === name)
  if (!family)
    throw new WerenodeError('not-found', `There is no family "${name}"`, {
      hint: `There are ${items.map((one) => one.family).join(', ')}.`,
    })
  print(paint.strong(family.title))
  print(
    pairs(
      family.variables.map((variable) => [
        `  --set ${variable.name}=`,
        `${variable.label}${variable.example === undefined ? '' : `, e.g. ${variable.example}`}${variable.optional ? ' (optional)' : ''}`,
      ]),
    ),
  )
  for (const note of family.notes) print(paint.muted(`  ${note}`))
  return 0
}
