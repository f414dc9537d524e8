import {
  type Clock,
  isWerenodeError,
  type RoamingCheck,
  type RoamingPartner,
  type Stored,
  WerenodeError,
} from '@werenode/core'
import type { Partner } from '../collections.ts'
import type { Peer } from '../http/peer.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { endpointOf, type ModuleId, type VersionNumber } from '../versions/versions.ts'
import type { createDeviationCounter } from './deviations.ts'
import { CannotUse, discover } from './discover.ts'
import type { createHandshake } from './handshake.ts'
import { newToken, type PartnerRecords } from './records.ts'

export type PartnerView = RoamingPartner
/** What a test of the connection found, step by step, in words. */
export type ConnectionTest = RoamingCheck

/** What people do with partners. */
export const createDesk = (deps: {
  records: PartnerRecords
  handshake: ReturnType<typeof createHandshake>
  outbox: Outbox
  deviations: ReturnType<typeof createDeviationCounter>
  peer: Peer
  clock: Clock
  versionsUrl: string
  versions: readonly VersionNumber[]
}) => {
  const { records, handshake, outbox, deviations, peer } = deps

  const view = async (partner: Stored<Partner>): Promise<PartnerView> => {
    const owed = await outbox.owed(partner._id)
    const counted = await deviations.of(partner._id)
    return {
      id: partner._id,
      name: partner.name,
      state: partner.state,
      ...(partner.version ? { version: partner.version } : {}),
      ...(partner.versionsUrl ? { versionsUrl: partner.versionsUrl } : {}),
      parties: partner.roles.map((role) => `${role.country_code}*${role.party_id} (${role.role})`),
      modules: [...new Set(partner.endpoints.map(({ identifier }) => identifier))],
      paused: partner.paused ?? false,
      ...owed,
      ...(partner.registeredAt ? { registeredAt: partner.registeredAt } : {}),
      lastTroubles: await records.troubles(partner._id, 10),
      deviations: counted.slice(0, 50).map(({ about, kind, path, count }) => ({ about, kind, path, count })),
    }
  }

  const registerNow = async (id: string): Promise<void> => {
    try {
      await handshake.register(id, deps.versions)
    } catch (error) {
      const words = error instanceof CannotUse || isWerenodeError(error) ? error.message : undefined
      if (words === undefined) throw error
      await records.trouble(id, 'registration', words)
      if (error instanceof CannotUse)
        throw new WerenodeError('conflict', words, {
          hint: 'Nothing was changed at the partner; try again when this is mended.',
        })
      throw error
    }
  }

  return {
    /**
     * Registers with a partner that gave us its versions URL and a registration token. Added again (same URL) it tries again,
     * with the new token. @throws WerenodeError with the reason in words.
     */
    add: async (ask: { url: string; token: string; name?: string }): Promise<PartnerView> => {
      if (!/^https?:$/.test(URL.canParse(ask.url) ? new URL(ask.url).protocol : ''))
        throw new WerenodeError(
          'invalid-input',
          `"${ask.url.slice(0, 80)}" is not the address of a versions endpoint`,
          {
            hint: 'It looks like https://partner.example/ocpi/versions.',
          },
        )
      const token = ask.token.trim()
      if (!/^[\x21-\x7e]{1,255}$/.test(token))
        throw new WerenodeError('invalid-input', 'The token has characters that no OCPI token has')
      const open = (await records.list()).find(
        ({ versionsUrl, state }) => versionsUrl === ask.url && state === 'registering',
      )
      const partner =
        open !== undefined
          ? await records.change(open._id, (one) => ({ ...one, theirToken: token }))
          : await records.create({
              name: ask.name ?? new URL(ask.url).host,
              state: 'registering',
              versionsUrl: ask.url,
              theirToken: token,
              ourTokens: [],
              roles: [],
              endpoints: [],
            })
      await registerNow(partner._id)
      return view(await records.get(partner._id))
    },
    /** Lets a partner register with us: answers what to send it, over a safe way. */
    invite: async (name: string): Promise<{ id: string; url: string; token: string }> => {
      const token = newToken()
      const partner = await records.create({
        name,
        state: 'invited',
        ourTokens: [{ token, use: 'registration' }],
        roles: [],
        endpoints: [],
      })
      return { id: partner._id, url: deps.versionsUrl, token }
    },
    list: async (): Promise<readonly PartnerView[]> => Promise.all((await records.list()).map(view)),
    get: async (id: string): Promise<PartnerView> => view(await records.get(id)),
    /** Asks a partner for its versions and details, with our token, and says what is missing on its side. */
    test: async (id: string): Promise<ConnectionTest> => {
      const partner = await records.get(id)
      if (partner.theirToken === undefined || partner.versionsUrl === undefined)
        return {
          ok: false,
          steps: [
            {
              what: 'connection',
              ok: false,
              words: `${partner.name} is ${partner.state}: there is nothing to test yet`,
            },
          ],
        }
      const steps: { what: string; ok: boolean; words: string }[] = []
      try {
        const found = await discover(peer, { url: partner.versionsUrl, token: partner.theirToken })
        steps.push({ what: 'versions', ok: true, words: `It answers and speaks ${found.version}` })
        const wanted = partner.roles.some(({ role }) => role === 'CPO') ? senders : receivers
        const missing = wanted.filter(
          (module) => endpointOf(found.endpoints, module, wanted === senders ? 'SENDER' : 'RECEIVER') === undefined,
        )
        steps.push({
          what: 'modules',
          ok: missing.length === 0,
          words: missing.length === 0 ? 'It offers every module we use' : `It does not offer ${missing.join(', ')}`,
        })
      } catch (error) {
        if (!(error instanceof CannotUse)) throw error
        steps.push({ what: 'versions', ok: false, words: error.message })
      }
      return { ok: steps.every(({ ok }) => ok), steps }
    },
    resend: outbox.resend,
    pause: async (id: string, paused: boolean): Promise<void> => {
      await records.change(id, (partner) => ({ ...partner, paused }))
      if (!paused) await outbox.resend(id, 'waiting')
    },
    rotate: async (id: string, version?: VersionNumber): Promise<void> => {
      await handshake.rotate(id, version ? [version] : undefined)
    },
    remove: handshake.unregister,
    troubles: records.troubles,
    deviations: deviations.of,
    /** Registrations that a stop of this process interrupted are tried again. */
    resume: async (): Promise<void> => {
      for (const partner of await records.list())
        if (partner.state === 'registering')
          await registerNow(partner._id).catch((error: unknown) => {
            if (!isWerenodeError(error)) throw error
          })
    },
  }
}

export type Desk = ReturnType<typeof createDesk>

const senders: readonly ModuleId[] = ['locations', 'tariffs', 'sessions', 'cdrs']
const receivers: readonly ModuleId[] = ['locations', 'tariffs', 'sessions', 'cdrs']
