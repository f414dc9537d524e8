import type { ChargingStationView } from '@werenode/core'
import { pairs, table, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'
import { type Verbs, type Work, widthOf } from './context.ts'
import { profileWords } from './words.ts'

/** What is known of stations. */
export const showVerbs: Verbs<
  'list' | 'show' | 'profiles' | 'facts' | 'transactions' | 'orphans' | 'deviations' | 'queue'
> = {
  list: async ({ stations, screen }) => {
    const all: ChargingStationView[] = []
    for (let after: string | undefined; ; ) {
      const { items, next } = await stations.list({ limit: 500, ...(after === undefined ? {} : { after }) })
      all.push(...items)
      if (next === undefined) break
      after = next
    }
    const { paint, print, glyphs, format } = screen
    if (all.length === 0) {
      print('No stations yet. `./werenode station add ID` lets one in.')
      return 0
    }
    const since = (iso: string | undefined): string =>
      iso === undefined ? '' : format.time(new Date(iso), { seconds: true })
    print(
      table(
        [
          { title: '' },
          { title: 'station' },
          { title: 'OCPP' },
          { title: 'profile', align: 'right' },
          { title: 'link' },
          { title: 'since' },
          { title: 'plugs', flexible: true },
          { title: 'hardware', flexible: true },
          { title: 'label', flexible: true },
        ],
        all.map((one) => [
          paint[one.connected ? 'positive' : 'muted'](glyphs.bullet),
          one.stationId,
          one.link?.version.slice(4) ?? '',
          String(one.securityProfile),
          one.blocked ? 'blocked' : one.connected ? 'connected' : 'away',
          since(one.connected ? one.link?.connectedAt : one.link?.disconnectedAt),
          one.connectors
            .filter(({ connector }) => connector > 0)
            .map(({ status }) => status)
            .join(', '),
          visible([one.link?.boot?.vendor, one.link?.boot?.model].filter((word) => word !== undefined).join(' ')),
          visible(one.label ?? ''),
        ]),
        { glyphs, width: widthOf(screen), head: paint.muted },
      ),
    )
    return 0
  },

  show: async ({ stations, screen, word }) => {
    printStation(await stations.get(word(0, 'the id of a station')), screen)
    return 0
  },

  profiles: (work) => printFacts(work, 'profile'),
  facts: (work) => printFacts(work, work.word(1, 'a kind, e.g. reservation, security, certificate, firmware')),

  transactions: async ({ stations, screen, options, word, words }) => {
    const stationId = word(0, 'the id of a station')
    const { paint, print, glyphs, format } = screen
    const [, transactionId] = words
    if (transactionId !== undefined) {
      const { items, root } = await stations.signedValues(stationId, transactionId)
      if (items.length === 0) print('The meter signed nothing in this transaction.')
      for (const { at, verdict, registerWh, why } of items)
        print(
          `${format.time(new Date(at), { seconds: true })}  ${paint[verdict === 'valid' ? 'positive' : 'warning'](verdict)}` +
            `  ${registerWh === undefined ? '' : format.energy(Math.round(registerWh))}  ${visible(why ?? '')}`,
        )
      if (root !== undefined) print(`Merkle root  ${root}`)
      return 0
    }
    const { items } = await stations.transactions(stationId, Math.round(options.limit ?? 50))
    if (items.length === 0) {
      print('No transactions yet.')
      return 0
    }
    print(
      table(
        [
          { title: 'transaction' },
          { title: 'EVSE', align: 'right' },
          { title: 'began' },
          { title: 'ended' },
          { title: 'energy', align: 'right' },
          { title: 'reason' },
          { title: 'findings', flexible: true },
        ],
        items.map((one) => [
          visible(one.transactionId),
          String(one.evse),
          format.time(new Date(one.startedAt), { seconds: true }),
          one.endedAt === undefined ? 'running' : format.time(new Date(one.endedAt), { seconds: true }),
          one.endWh === undefined || one.startWh === undefined
            ? ''
            : format.energy(Math.round(one.endWh - one.startWh)),
          visible(one.reason ?? ''),
          [...(one.estimated ? ['estimated'] : []), ...(one.offline ? ['offline'] : []), ...one.flags].join(', '),
        ]),
        { glyphs, width: widthOf(screen), head: paint.muted },
      ),
    )
    return 0
  },

  orphans: async ({ stations, screen, word }) => {
    const { items } = await stations.orphans(word(0, 'the id of a station'))
    if (items.length === 0) screen.print('No orphans: everything it told belongs to something.')
    for (const { receivedAt, message, transactionId, payload } of items)
      screen.print(`${receivedAt}  ${message}  ${visible(transactionId)}  ${visible(JSON.stringify(payload ?? {}))}`)
    return 0
  },

  deviations: async ({ stations, screen, word }) => {
    const { items } = await stations.deviations(word(0, 'the id of a station'))
    if (items.length === 0) screen.print('It keeps to the specification.')
    for (const { what, count } of items) screen.print(`${String(count).padStart(7)} times  ${visible(what)}`)
    return 0
  },

  queue: async ({ stations, screen, word }) => {
    const { items } = await stations.queued(word(0, 'the id of a station'))
    if (items.length === 0) screen.print('Nothing waits for it.')
    for (const one of items)
      screen.print(
        `${one.id}  ${one.action}  ${one.state}${one.state === 'waiting' ? ` until ${one.expiresAt}` : ''}` +
          `  ${visible(one.why ?? (one.answer === undefined ? '' : JSON.stringify(one.answer)))}`,
      )
    return 0
  },
}

const printFacts = async ({ stations, screen, word }: Work, kind: string): Promise<number> => {
  const { items } = await stations.facts(word(0, 'the id of a station'), kind)
  if (items.length === 0) screen.print(`Nothing of the kind "${kind}" is known of it.`)
  for (const { key, value, at } of items)
    screen.print(`${screen.paint.muted(at)}  ${screen.paint.strong(visible(key))}  ${visible(JSON.stringify(value))}`)
  return 0
}

/** One station in full. */
export const printStation = (one: ChargingStationView, { paint, print, format }: Screen): void => {
  const { link } = one
  const boot = link?.boot
  const when = (iso: string): string => format.time(new Date(iso), { seconds: true })
  print(paint.strong(visible(one.label ?? one.stationId)))
  print(
    pairs([
      ['  Station', one.stationId],
      ['  Party', one.party],
      ['  Security', `profile ${profileWords[one.securityProfile]}${one.blocked ? ', blocked' : ''}`],
      ['  Passwords', String(one.passwords)],
      [
        '  Link',
        link === undefined
          ? 'never connected'
          : one.connected
            ? `${link.version} since ${when(link.connectedAt)} from ${link.remoteAddress ?? 'somewhere'}`
            : `away since ${when(link.disconnectedAt ?? link.connectedAt)}: ${visible(link.reason ?? '')}`,
      ],
      ['  Hardware', boot === undefined ? 'has not booted yet' : visible(`${boot.vendor} ${boot.model}`)],
      ['  Firmware', visible(boot?.firmware ?? 'not told')],
      ['  Meter values', `every ${one.meterIntervalS} s${one.meterKeys.length === 0 ? '' : ', signed'}`],
      ['  Tolerance', one.strict ? 'strict' : 'tolerant'],
      ...one.connectors.map(
        ({ evse, connector, status, errorCode }) =>
          [
            `  Plug ${evse}.${connector}`,
            `${status}${errorCode === undefined || errorCode === 'NoError' ? '' : ` (${visible(errorCode)})`}`,
          ] as const,
      ),
      ...one.running.map(
        ({ transactionId, evse, startedAt }) =>
          ['  Charging', `${visible(transactionId)} at EVSE ${evse} since ${when(startedAt)}`] as const,
      ),
    ]),
  )
}
