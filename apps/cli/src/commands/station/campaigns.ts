import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type FirmwareCampaignView, isWerenodeError } from '@werenode/core'
import { table, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'
import { badOption, type StationOptions, type Verbs, type Work, widthOf } from './context.ts'

/** One firmware for many stations. */
export const campaignVerbs: Verbs<'firmware' | 'campaign' | 'campaigns' | 'pause' | 'resume'> = {
  firmware: async ({ stations, screen, word, words }) => {
    const file = word(0, 'a file')
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw badOption(`${file} cannot be read: ${(cause as Error).message}`, 'Name the file of the firmware.')
    })
    const told = await stations.putFirmware(words[1] ?? basename(file), bytes)
    screen.print(`${told.firmwareId}: ${told.bytes} bytes, SHA-256 ${told.sha256}`)
    return 0
  },

  campaign: async (work) => {
    const { stations, screen, options, word, signal } = work
    const campaignId = word(0, 'a name')
    const begins = options.firmware !== undefined || options.url !== undefined || options.stations !== undefined
    let campaign = begins ? await begin(work, campaignId) : await stations.campaign(campaignId)
    printCampaign(campaign, screen)
    for (let before = ''; options.follow && !isOver(campaign) && !signal.aborted; ) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      campaign = await stations.campaign(campaignId)
      const now = lineOf(campaign)
      if (now !== before) screen.print(now)
      before = now
    }
    return campaign.progress.failed > 0 ? 1 : 0
  },

  campaigns: async ({ stations, screen }) => {
    const { items } = await stations.campaigns()
    if (items.length === 0) screen.print('No firmware campaigns yet.')
    for (const campaign of items) screen.print(lineOf(campaign))
    return 0
  },

  pause: (work) => hold(work, true),
  resume: (work) => hold(work, false),
}

const hold = async ({ stations, screen, word }: Work, paused: boolean): Promise<number> => {
  screen.print(lineOf(await stations.pauseCampaign(word(0, 'the name of a campaign'), paused)))
  return 0
}

const begin = async ({ stations, options }: Work, campaignId: string): Promise<FirmwareCampaignView> => {
  const { firmware, url, parallel } = options
  if ((firmware === undefined) === (url === undefined))
    throw badOption('A campaign needs a firmware or an address, one of both', 'Give --firmware NAME or --url URL.')
  const stationIds = await chosen(stations, options)
  return stations.beginCampaign({
    campaignId,
    stationIds,
    ...(firmware === undefined ? {} : { firmwareId: firmware }),
    ...(url === undefined ? {} : { url }),
    ...(parallel === undefined ? {} : { parallel: Math.round(parallel) }),
    ...(options.signature === undefined ? {} : { signature: await text(options.signature) }),
    ...(options.certificate === undefined ? {} : { signingCertificate: await text(options.certificate) }),
  })
}

const text = async (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (content) => content.trim(),
    (cause: unknown) => {
      throw badOption(`${file} cannot be read`, isWerenodeError(cause) ? cause.message : 'Name a readable file.')
    },
  )

const chosen = async (stations: Work['stations'], { stations: which }: StationOptions): Promise<readonly string[]> => {
  if (which === undefined) throw badOption('Which stations?', 'Give --stations A,B or --stations all.')
  if (which !== 'all') return which.split(',').map((id) => id.trim())
  const ids: string[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await stations.list({ limit: 500, ...(after === undefined ? {} : { after }) })
    ids.push(...items.map(({ stationId }) => stationId))
    if (next === undefined) return ids
    after = next
  }
}

const isOver = ({ progress }: FirmwareCampaignView): boolean => progress.waiting + progress.running === 0

const lineOf = ({ campaignId, paused, progress, steps }: FirmwareCampaignView): string =>
  `${campaignId}: ${progress.done} of ${steps.length} done, ${progress.running} running, ` +
  `${progress.waiting} waiting, ${progress.failed} failed${paused ? ' (held)' : ''}`

const printCampaign = (campaign: FirmwareCampaignView, screen: Screen): void => {
  const { paint, print, glyphs } = screen
  print(paint.strong(lineOf(campaign)))
  print(
    table(
      [
        { title: 'station' },
        { title: 'state' },
        { title: 'says' },
        { title: 'tries', align: 'right' },
        { title: '', flexible: true },
      ],
      campaign.steps.map(({ stationId, state, status, attempts, why }) => [
        stationId,
        state,
        visible(status ?? ''),
        String(attempts),
        visible(why ?? ''),
      ]),
      { glyphs, width: widthOf(screen), head: paint.muted },
    ),
  )
}
