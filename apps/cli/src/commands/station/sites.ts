import type { StationSiteEvse, StationSiteView } from '@werenode/core'
import { table, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'
import { badOption, type Verbs, widthOf } from './context.ts'

/** Connections to the grid whose limit several EVSEs share. */
export const siteVerbs: Verbs<'sites' | 'site' | 'target'> = {
  sites: async ({ stations, screen }) => {
    const { items } = await stations.sites()
    if (items.length === 0) screen.print('No site shares a limit yet: `station site NAME --watts W --evses ...`.')
    for (const site of items) screen.print(lineOf(site))
    return 0
  },

  site: async ({ stations, screen, options, word }) => {
    const siteId = word(0, 'the name of a site')
    const { watts, evses, lift } = options
    if (lift) {
      const { kept } = await stations.removeSite(siteId)
      screen.print(`${siteId} shares no limit any more.`)
      for (const { stationId, evse, grantedW } of kept)
        screen.print(`${visible(stationId)}#${evse} was not reached and keeps to ${grantedW} W.`)
      return kept.length === 0 ? 0 : 1
    }
    if (watts === undefined && evses === undefined) {
      printSite(await stations.site(siteId), screen)
      return 0
    }
    const before = watts === undefined || evses === undefined ? await stations.site(siteId) : undefined
    const site = await stations.putSite(siteId, {
      limitW: Math.round(watts ?? before!.limitW),
      evses: evses === undefined ? before!.evses.map(placeOf) : evses.split(',').map(evseOf),
    })
    printSite(site, screen)
    return 0
  },

  target: async ({ stations, screen, word, words }) => {
    const siteId = word(0, 'the name of a site')
    const [stationId, evse] = whereOf(word(1, 'an EVSE, e.g. CP-7#1'))
    const [, , energy, time] = words
    const energyWh = Math.round(Number(energy) * 1_000)
    const departAt = new Date(time ?? '')
    if (energy !== undefined && (!(energyWh > 0) || Number.isNaN(departAt.getTime())))
      throw badOption(`${energy} kWh by ${time ?? 'no time'} is no target`, 'For example: 20 2026-05-01T07:30:00Z.')
    const target = energy === undefined ? undefined : { energyWh, departAt: departAt.toISOString() }
    printSite(await stations.putTarget(siteId, { stationId, evse }, target), screen)
    return 0
  },
}

const placeOf = ({ stationId, evse, maxW, minW }: StationSiteEvse): StationSiteEvse =>
  minW === undefined ? { stationId, evse, maxW } : { stationId, evse, maxW, minW }

const whereOf = (text: string): readonly [stationId: string, evse: number] => {
  const [, stationId, evse] = /^([^#]+)#(\d+)$/.exec(text.trim()) ?? []
  if (stationId === undefined) throw badOption(`${text} names no EVSE`, 'Write the station and its EVSE: CP-7#1.')
  return [stationId, Number(evse)]
}

const evseOf = (text: string): StationSiteEvse => {
  const [where = '', power = ''] = text.split('=')
  const [stationId, evse] = whereOf(where)
  const [maxW, minW] = power.split('/').map(Number)
  if (!(maxW && maxW > 0) || Number.isNaN(minW ?? 0))
    throw badOption(`${text} does not say its power`, 'Write CP-7#1=22000, or with its least CP-7#1=22000/4140.')
  return { stationId, evse, maxW, ...(minW === undefined ? {} : { minW }) }
}

const lineOf = ({ siteId, limitW, grantedW, evses }: StationSiteView): string =>
  `${siteId}: ${grantedW} of ${limitW} W granted to ${evses.length} EVSEs, ${evses.filter(({ charging }) => charging).length} charging`

const printSite = (site: StationSiteView, screen: Screen): void => {
  const { paint, print, glyphs } = screen
  print(paint.strong(lineOf(site)))
  print(
    table(
      [
        { title: 'EVSE' },
        { title: 'share, W', align: 'right' },
        { title: 'least', align: 'right' },
        { title: 'most', align: 'right' },
        { title: '' },
        { title: 'wanted', flexible: true },
      ],
      site.evses.map(({ stationId, evse, grantedW, minW, maxW, connected, charging, target }) => [
        visible(`${stationId}#${evse}`),
        String(grantedW),
        String(minW),
        String(maxW),
        connected ? (charging ? 'charging' : 'free') : 'away',
        target ? `${target.energyWh / 1_000} kWh by ${target.departAt}` : '',
      ]),
      { glyphs, width: widthOf(screen), head: paint.muted },
    ),
  )
}
