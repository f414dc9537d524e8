import { type Doc, type Party, type Store, WerenodeError, type WriteOp } from '@werenode/core'
import { shippedProfiles } from './families.ts'
import { parseProfile } from './parse.ts'
import type { DeviceProfile } from './schema.ts'

interface StoredProfile extends Doc {
  readonly profile: unknown
  /** Whose it is; absent: whoever runs the node, for everybody. */
  readonly party?: Party
}

/** A profile of one party, as it was written. */
export interface OwnProfile {
  readonly profile: DeviceProfile
  readonly data: Readonly<Record<string, unknown>>
}

/** The profiles that come with the house and those operators wrote. */
export interface Profiles {
  get(family: string): Promise<DeviceProfile>
  /** Whose the family is; undefined: everybody's. Throws `not-found`. */
  ownerOf(family: string): Promise<Party | undefined>
  /** Those everybody may use. */
  all(): Promise<readonly DeviceProfile[]>
  own(party: Party): Promise<readonly OwnProfile[]>
  /**
   * Keeps a profile, for everybody or for one party. Throws `invalid-input` with each finding, `conflict` for a family of the house or of
   * somebody else.
   */
  put(data: unknown, party?: Party): Promise<DeviceProfile>
  /** Checks all that `put` does and writes nothing. */
  check(data: unknown, party?: Party): Promise<DeviceProfile>
  /** Throws `not-found` when the party has no such family. */
  remove(family: string, party: Party): Promise<void>
}

const collection = 'mqtt_profiles'

export const createProfiles = ({ store }: { store: Store }): Profiles => {
  const stored = (family: string): Promise<StoredProfile | undefined> =>
    store.get<StoredProfile>(collection, family.slice(0, 60))
  const unknown = (family: string): WerenodeError =>
    new WerenodeError('not-found', `There is no device profile "${family.slice(0, 60)}"`, {
      hint: `Shipped are ${[...shippedProfiles.keys()].join(', ')}; others can be written (docs/mqtt-device-profiles.md).`,
    })

  const profiles: Profiles = {
    get: async (family) => {
      const shipped = shippedProfiles.get(family)
      if (shipped) return shipped
      const own = await stored(family)
      if (own) return parseProfile(own.profile)
      throw unknown(family)
    },
    ownerOf: async (family) => {
      if (shippedProfiles.has(family)) return undefined
      const own = await stored(family)
      if (own) return own.party
      throw unknown(family)
    },
    all: async () => {
      const { items } = await store.find<StoredProfile>(collection, {}, { limit: 1000 })
      const shared = items.filter(({ party }) => party === undefined)
      return [...shippedProfiles.values(), ...shared.map(({ profile }) => parseProfile(profile))]
    },
    own: async (party) => {
      const { items } = await store.find<StoredProfile>(collection, { party }, { limit: 1000 })
      return items.map(({ profile }) => ({
        profile: parseProfile(profile),
        data: profile as Readonly<Record<string, unknown>>,
      }))
    },
    check: async (data, party) => {
      const profile = parseProfile(data)
      const taken = (message: string): WerenodeError =>
        new WerenodeError('conflict', message, { hint: 'Give your profile a family name of its own.' })
      if (shippedProfiles.has(profile.family)) throw taken(`"${profile.family}" is a family that comes with the house`)
      const known = await stored(profile.family)
      if (known && known.party !== party) throw taken(`The family name "${profile.family}" is taken`)
      return profile
    },
    put: async (data, party) => {
      const profile = await profiles.check(data, party)
      const doc: StoredProfile = { _id: profile.family, profile: data, ...(party === undefined ? {} : { party }) }
      const ops: readonly WriteOp[] = [{ op: 'put', in: collection, doc }]
      await store.write(ops)
      return profile
    },
    remove: async (family, party) => {
      if ((await stored(family))?.party !== party) throw unknown(family)
      await store.write([{ op: 'delete', in: collection, id: family }])
    },
  }
  return profiles
}
