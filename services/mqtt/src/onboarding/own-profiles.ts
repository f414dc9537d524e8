import { type OwnPlugFamily, type Party, WerenodeError } from '@werenode/core'
import type { Plug } from '../plug/plug.ts'
import type { Registry } from '../plug/registry.ts'
import { accessOf } from '../profile/access.ts'
import { bindDevice } from '../profile/device.ts'
import type { OwnProfile, Profiles } from '../profile/profiles.ts'
import type { DeviceProfile } from '../profile/schema.ts'

/** Profiles that a party wrote for its own plugs. */
export interface OwnProfiles {
  list(party: Party): Promise<readonly OwnPlugFamily[]>
  put(party: Party, data: unknown): Promise<OwnPlugFamily>
  remove(party: Party, family: string): Promise<void>
}

/** `rebind` brings a plug to life anew, by the profile that is kept now. */
export const createOwnProfiles = (deps: {
  readonly profiles: Profiles
  readonly registry: Registry
  readonly rebind: (plug: Plug) => Promise<void>
}): OwnProfiles => {
  const { profiles, registry, rebind } = deps
  const actorsOf = (family: string) => [...registry.all()].filter(({ plug }) => plug.family === family)
  const viewOf = ({ profile, data }: OwnProfile): OwnPlugFamily => ({
    family: profile.family,
    title: profile.title,
    profile: data,
    plugs: actorsOf(profile.family).length,
  })

  /** A profile that its plugs cannot speak by is refused before it is kept, or they would be gone at the next start. */
  const refuseUnfit = (profile: DeviceProfile): void => {
    for (const { plug, transaction } of actorsOf(profile.family)) {
      if (transaction)
        throw new WerenodeError('conflict', `Plug ${plug._id} of this family is in use`, {
          hint: 'Change the profile when its session is over.',
        })
      const rival = registry.rivalOf(plug.credentialId, accessOf(bindDevice(profile, { ...plug, plugId: plug._id })))
      if (rival !== undefined)
        throw new WerenodeError('conflict', `With this profile plug ${plug._id} would have topics of ${rival}`, {
          hint: 'Two devices need topics of their own.',
        })
    }
  }

  return {
    list: async (party) => (await profiles.own(party)).map(viewOf),
    put: async (party, data) => {
      refuseUnfit(await profiles.check(data, party))
      const profile = await profiles.put(data, party)
      for (const { plug } of actorsOf(profile.family)) await rebind(plug)
      return viewOf({ profile, data: data as OwnProfile['data'] })
    },
    remove: async (party, family) => {
      const [used] = actorsOf(family).filter(({ plug }) => plug.party === party)
      if (used)
        throw new WerenodeError('conflict', `Plug ${used.plugId} speaks by the profile "${family}"`, {
          hint: 'Remove the plug, or give it another family, first.',
        })
      await profiles.remove(family, party)
    },
  }
}
