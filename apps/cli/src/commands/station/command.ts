import { writeFile } from 'node:fs/promises'
import type { OcppVersionName } from '@werenode/core'
import { table, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'
import { badOption, type StationOptions, type Verbs, type Work, widthOf } from './context.ts'

type Payload = Readonly<Record<string, unknown>>
interface Message {
  readonly action: string
  readonly payload: Payload
}

/** What is asked of a station. The exit code says whether it agreed. */
export const commandVerbs: Verbs<
  'send' | 'restart' | 'unlock' | 'enable' | 'disable' | 'withdraw' | 'config' | 'diagnostics'
> = {
  send: async (work) => {
    const { word, words, options } = work
    const { queue, timeout } = options
    const message = { action: word(1, 'an action, e.g. Reset'), payload: payloadOf(words[2] ?? '{}') }
    return send(work, message, {
      ...(queue === undefined ? {} : { expiresInS: Math.round(queue) }),
      ...(timeout === undefined ? {} : { timeoutS: Math.round(timeout) }),
    })
  },

  restart: (work) => sendByVersion(work, restart),
  unlock: (work) => sendByVersion(work, unlock),
  enable: (work) => sendByVersion(work, availability('Operative')),
  disable: (work) => sendByVersion(work, availability('Inoperative')),

  withdraw: async ({ stations, screen, word }) => {
    await stations.withdraw(word(0, 'the id of a station'), word(1, 'the id of a message; `station queue` shows them'))
    screen.print('Withdrawn.')
    return 0
  },

  config: async ({ stations, screen, options, word, words }) => {
    const stationId = word(0, 'the id of a station')
    const [, key, value] = words
    if (key !== undefined && value !== undefined) {
      const { status } = await stations.putSetting(stationId, key, value)
      screen.print(`${key}: ${visible(status)}`)
      return status === 'Accepted' || status === 'RebootRequired' ? 0 : 1
    }
    const { items } = await (options.read ? stations.readSettings(stationId) : stations.settings(stationId))
    const shown = key === undefined ? items : items.filter((one) => one.key.toLowerCase() === key.toLowerCase())
    if (shown.length === 0) {
      screen.print(
        key === undefined
          ? 'Nothing is known yet; --read asks the station.'
          : `${key} is not known; --read asks the station.`,
      )
      return 1
    }
    printSettings(shown, screen)
    return 0
  },

  diagnostics: async ({ stations, screen, options, word, signal }) => {
    const stationId = word(0, 'the id of a station')
    const file = options.export
    if (file === undefined) throw badOption('Where to?', 'Name the file with --export FILE.')
    const kind = options.security ? 'security' : 'diagnostics'
    const { fileId, status } = await stations.askLog(stationId, { kind })
    if (status !== 'Accepted' && status !== 'AcceptedCanceled') {
      screen.print(`The station says ${status}.`)
      return 1
    }
    const until = Date.now() + (options.wait ?? 120) * 1_000
    while (Date.now() < until && !signal.aborted) {
      const bytes = await stations.log(fileId)
      if (bytes) {
        await writeFile(file, bytes)
        screen.print(`${bytes.length} bytes are in ${file}.`)
        return 0
      }
      screen.redraw('Waiting for the station to leave its log ...')
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    screen.clear()
    screen.print(`The station has not left its log yet; it will lie under ${fileId}.`)
    return 1
  },
}

const send = async (
  { stations, screen, word }: Work,
  { action, payload }: Message,
  options: { readonly expiresInS?: number; readonly timeoutS?: number } = {},
): Promise<number> => {
  const { answer, queued } = await stations.send(word(0, 'the id of a station'), action, payload, options)
  if (queued) {
    screen.print(`The station is away; ${action} waits for it until ${queued.expiresAt} (${queued.id}).`)
    return 0
  }
  screen.print(visible(JSON.stringify(answer, null, 2)))
  const status = answer?.status
  return typeof status === 'string' && refusals.has(status) ? 1 : 0
}

const refusals: ReadonlySet<string> = new Set(['Rejected', 'NotSupported', 'NotImplemented', 'UnlockFailed', 'Unknown'])

const sendByVersion = async (
  work: Work,
  make: (version: OcppVersionName, options: StationOptions) => Message,
): Promise<number> => {
  const { link } = await work.stations.get(work.word(0, 'the id of a station'))
  // One that never came is told apart by the message itself: it is refused as offline.
  return send(work, make(link?.version ?? 'ocpp1.6', work.options))
}

const restart = (version: OcppVersionName, { hard, evse }: StationOptions): Message => ({
  action: 'Reset',
  payload:
    version === 'ocpp1.6'
      ? { type: hard ? 'Hard' : 'Soft' }
      : { type: hard ? 'Immediate' : 'OnIdle', ...(evse === undefined ? {} : { evseId: Math.round(evse) }) },
})

const unlock = (version: OcppVersionName, { evse = 1, connector = 1 }: StationOptions): Message => ({
  action: 'UnlockConnector',
  payload: version === 'ocpp1.6' ? { connectorId: evse } : { evseId: evse, connectorId: connector },
})

const availability =
  (word: 'Operative' | 'Inoperative') =>
  (version: OcppVersionName, { evse, connector }: StationOptions): Message => ({
    action: 'ChangeAvailability',
    payload:
      version === 'ocpp1.6'
        ? { connectorId: evse ?? 0, type: word }
        : {
            operationalStatus: word,
            ...(evse === undefined
              ? {}
              : { evse: { id: evse, ...(connector === undefined ? {} : { connectorId: connector }) } }),
          },
  })

const payloadOf = (text: string): Payload => {
  try {
    const payload: unknown = JSON.parse(text)
    if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) return payload as Payload
  } catch {
    // Told below in the same words as JSON that is no object.
  }
  throw badOption(`${text.slice(0, 80)} is not a JSON object`, `Put it in quotes: '{"type":"Soft"}'.`)
}

const printSettings = (items: Awaited<ReturnType<Work['stations']['settings']>>['items'], screen: Screen): void => {
  const { paint, print, glyphs } = screen
  print(
    table(
      [{ title: 'key', flexible: true }, { title: 'value', flexible: true }, { title: '' }],
      items.map((one) => [
        visible(one.key),
        one.secret ? paint.muted('secret') : visible(one.value ?? ''),
        [...(one.readonly ? ['read only'] : []), ...(one.rebootRequired ? ['after a restart'] : [])].join(', '),
      ]),
      { glyphs, width: widthOf(screen), head: paint.muted },
    ),
  )
}
