import type { Clock } from '@werenode/core'
import type { Logger } from 'pino'
import type { Partner } from '../collections.ts'
import type { ClientInfo, PartyRef } from '../model/model.ts'
import type { OcpiObjects } from '../objects/objects.ts'
import { isHub } from '../partners/hub.ts'
import type { PartnerRecords } from '../partners/records.ts'

type Party = PartyRef & Pick<ClientInfo, 'role'>
type Status = ClientInfo['status']

/**
 * mod_hub_client_info, Sender interface: which parties can be reached through this node, and how they are. Our own always; those of our
 * partners where the operator wants it, as hubs do (a hub tells of its parties itself). Every change is owed to whoever takes client infos, by the outbox, and a list is answered.
 */
export const createClientInfoSender = (deps: {
  clock: Clock
  log: Logger
  own: readonly Party[]
  objects: OcpiObjects
  records: Pick<PartnerRecords, 'list'>
  /** What we have told before. */
  told: () => Promise<readonly ClientInfo[]>
  /** The last push to it met nobody. */
  away: (partnerId: string) => boolean
  /** "Still alive check": asks a partner for its versions; false when nobody answers. */
  alive: (partner: Partner) => Promise<boolean>
  /** Tells of our partners' parties too. */
  partners: boolean
  /** How often the partners are looked at, ms. Default 2 s. */
  lookEveryMs?: number
  /** A partner that was not heard of for so long is asked whether it is there, ms. Default 5 min, as the specification advises. */
  silentForMs?: number
}) => {
  const { clock, log, objects, records, lookEveryMs = 2_000, silentForMs = 300_000 } = deps
  const heardAt = new Map<string, number>()
  const silent = new Set<string>()
  const lastTold = new Map<string, Status>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined

  const tell = async ({ country_code, party_id, role }: Party, status: Status): Promise<void> => {
    const key = keyOf({ country_code, party_id, role })
    if (lastTold.get(key) === status) return
    const info = { country_code, party_id, role, status, last_updated: clock().toISOString() } as ClientInfo
    await objects.putOwn('hubclientinfo', info)
    lastTold.set(key, status)
  }

  const statusOf = (partner: Partner): Status => {
    if (partner.state === 'unregistered') return 'SUSPENDED'
    if (partner.state !== 'registered') return 'PLANNED'
    return partner.paused || silent.has(partner._id) || deps.away(partner._id) ? 'OFFLINE' : 'CONNECTED'
  }

  const askTheSilent = async (partners: readonly Partner[]): Promise<void> => {
    const now = clock().getTime()
    const due = partners.filter(({ _id, state }) => {
      if (state !== 'registered') return false
      if (!heardAt.has(_id)) heardAt.set(_id, now)
      return now - heardAt.get(_id)! >= silentForMs
    })
    await Promise.all(
      due.map(async (partner) => {
        const there = await deps.alive(partner)
        heardAt.set(partner._id, clock().getTime())
        if (there) silent.delete(partner._id)
        else silent.add(partner._id)
      }),
    )
  }

  const look = async (): Promise<void> => {
    const partners = await records.list()
    await askTheSilent(partners)
    // A party that two partners carry is as well off as with the better of them: one that registered anew, say.
    const best = new Map<string, { party: Party; status: Status }>()
    for (const partner of partners.filter((one) => !isHub(one)))
      for (const { country_code, party_id, role } of partner.roles) {
        const party = { country_code, party_id, role } as Party
        const status = statusOf(partner)
        const known = best.get(keyOf(party))
        if (known === undefined || order.indexOf(status) < order.indexOf(known.status))
          best.set(keyOf(party), { party, status })
      }
    for (const party of deps.own) best.delete(keyOf(party))
    for (const { party, status } of best.values()) await tell(party, status)
  }

  /** What was told of once and is told of no more: "deleting is not possible", it becomes SUSPENDED. */
  const endOthers = async (): Promise<void> => {
    const own = new Set(deps.own.map(keyOf))
    for (const info of await deps.told()) if (!own.has(keyOf(info))) await tell(info, 'SUSPENDED')
  }

  const lookAround = (): void => {
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'Which partners are connected could not be told'))
      .finally(() => {
        looking = undefined
      })
  }

  return {
    start: async (): Promise<void> => {
      for (const party of deps.own) await tell(party, 'CONNECTED')
      if (!deps.partners) return endOthers()
      lookAround()
      timer = setInterval(lookAround, lookEveryMs)
      timer.unref()
    },
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await looking
    },
    /** A partner has called us. */
    heard: (partnerId: string): void => {
      heardAt.set(partnerId, clock().getTime())
      silent.delete(partnerId)
    },
  }
}

/** From the best. */
const order: readonly Status[] = ['CONNECTED', 'OFFLINE', 'PLANNED', 'SUSPENDED']
const keyOf = ({ country_code, party_id, role }: Party): string => `${country_code}|${party_id}|${role}`.toUpperCase()
