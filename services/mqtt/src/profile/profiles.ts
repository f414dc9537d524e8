import { type Doc, type Store, WerenodeError } from '@werenode/core'
import { shippedProfiles } from './families.ts'
import { parseProfile } from './parse.ts'
import type { DeviceProfile } from './schema.ts'

interface StoredProfile extends Doc {
  readonly profile: unknown
}

/** The profiles that come with the house and those an operator wrote. */
export interface Profiles {
  get(family: string): Promise<DeviceProfile>
  all(): Promise<readonly DeviceProfile[]>
  /** Keeps an operator's own profile. Throws `invalid-input` with each finding; a shipped family cannot be replaced. */
  put(data: unknown): Promise<DeviceProfile>
}

export const createProfiles = ({ store }: { store: Store }): Profiles => ({
  get: async (family) => {
    const shipped = shippedProfiles.get(family)
    if (shipped) return shipped
    const own = await store.get<StoredProfile>('mqtt_profiles', family.slice(0, 60))
    if (own) return parseProfile(own.profile)
    throw new WerenodeError('not-found', `There is no device profile "${family.slice(0, 60)}"`, {
      hint: `Shipped are ${[...shippedProfiles.keys()].join(', ')}; others can be written (docs/mqtt-device-profiles.md).`,
    })
  },
  all: async () => {
    const { items } = await store.find<StoredProfile>('mqtt_profiles', {}, { limit: 1000 })
    return [...shippedProfiles.values(), ...items.map(({ profile }) => parseProfile(profile))]
  },
  put: async (data) => {
    const profile = parseProfile(data)
    if (shippedProfiles.has(profile.family))
      throw new WerenodeError('conflict', `"${profile.family}" is a family that comes with the house`, {
        hint: 'Give your profile a family name of its own.',
      })
    const doc: StoredProfile = { _id: profile.family, profile: data }
    await store.write([{ op: 'put', in: 'mqtt_profiles', doc }])
    return profile
  },
})
