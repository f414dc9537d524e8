import { firmwareBlobKey, isWerenodeError, type Party, type Store, WerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { Campaign, Campaigns } from '../firmware/campaigns.ts'
import type { OwnStation, StationHandlers } from './office.ts'
import { campaignKey, campaignView } from './view.ts'

type OfCampaigns = Pick<
  StationHandlers,
  'stations.beginCampaign' | 'stations.campaigns' | 'stations.campaign' | 'stations.pauseCampaign'
>

/** Firmware for many stations of one party, and how far it is. */
export const campaignRequests = ({
  store,
  campaigns,
  own,
  log,
  hasFiles,
}: {
  store: Store
  log: Logger
  campaigns: Campaigns
  own: OwnStation
  hasFiles: boolean
}): OfCampaigns => {
  const named = async (party: Party, campaignId: string): Promise<Campaign> => {
    const campaign = await campaigns.get(campaignKey(party, campaignId))
    if (campaign?.party === party) return campaign
    throw new WerenodeError('not-found', `${party} has no firmware campaign "${campaignId}"`)
  }

  /** Stations are asked beside it: a slow one must not keep the operator waiting. */
  const goOn = (key: string): void =>
    void campaigns
      .advance(key)
      .catch((error: unknown) => log.warn({ campaignId: key, err: error }, 'A firmware campaign could not go on'))

  return {
    'stations.beginCampaign': async ({ party, campaign }) => {
      const { campaignId, firmwareId, url, stationIds, parallel, signature, signingCertificate } = campaign
      if (firmwareId !== undefined && !hasFiles)
        throw new WerenodeError('conflict', 'This node gives no files to stations', {
          hint: 'Give its OCPP service a blob store, or name an address with `url`.',
        })
      if ((signature === undefined) !== (signingCertificate === undefined))
        throw new WerenodeError('invalid-input', 'A signed firmware needs the signature and the certificate', {
          hint: 'Give both, or neither.',
        })
      // One foreign station refuses the whole campaign, before anybody is asked.
      for (const stationId of stationIds) await own(party, stationId)
      const _id = campaignKey(party, campaignId)
      try {
        await campaigns.begin({
          _id,
          party,
          stationIds,
          ...(firmwareId === undefined ? {} : { blobKey: firmwareBlobKey(party, firmwareId) }),
          ...(url === undefined ? {} : { url }),
          ...(parallel === undefined ? {} : { parallel }),
          ...(signature === undefined ? {} : { signature }),
          ...(signingCertificate === undefined ? {} : { signingCertificate }),
        })
      } catch (error) {
        if (!(isWerenodeError(error) && error.code === 'conflict')) throw error
        throw new WerenodeError('conflict', `There is a firmware campaign "${campaignId}" already`, {
          hint: 'Give the new one another name.',
        })
      }
      goOn(_id)
      return campaignView(await named(party, campaignId))
    },

    'stations.campaigns': async ({ party }) => {
      const { items } = await store.find<Campaign>('ocpp_campaigns', { party }, { limit: 1_000 })
      const newestFirst = [...items].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      return { items: newestFirst.map(campaignView) }
    },

    'stations.campaign': async ({ party, campaignId }) => campaignView(await named(party, campaignId)),

    'stations.pauseCampaign': async ({ party, campaignId, paused }) => {
      const { _id } = await named(party, campaignId)
      await campaigns.pause(_id, paused)
      if (!paused) goOn(_id)
      return campaignView(await named(party, campaignId))
    },
  }
}
