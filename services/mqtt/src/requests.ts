import {
  answer,
  type Bus,
  type Clock,
  type NewPlugRequest,
  type Party,
  type PlugFamilyView,
  type PlugReading,
  type PlugSetup,
  type PlugView,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { Alarm } from './alarms.ts'
import { createRecordings } from './onboarding/recordings.ts'
import { type Plug, parsePlugId, type ReadingPoint } from './plug/plug.ts'
import type { DeviceProfile } from './profile/schema.ts'
import type { MqttService } from './service.ts'

/** Serves what operators ask of their plugs over the bus. A plug of another party is not there. */
export const servePlugRequests = (deps: {
  readonly bus: Bus
  readonly clock: Clock
  readonly service: Pick<
    MqttService,
    | 'addPlug'
    | 'removePlug'
    | 'rekey'
    | 'plugs'
    | 'live'
    | 'history'
    | 'profiles'
    | 'ownProfiles'
    | 'record'
    | 'addObserver'
  >
  readonly alarmsOf: (ids: readonly string[], limit: number) => Promise<readonly Alarm[]>
  /** Who else has this name: a station of another protocol, or a credential nobody may take over. */
  readonly isTaken: (id: string) => Promise<boolean>
}): readonly Unsubscribe[] => {
  const { bus, service, alarmsOf, isTaken } = deps
  const recordings = createRecordings(deps)

  const viewOf = ({ _id, credentialId, createdAt, ...plug }: Plug): PlugView => ({
    plugId: _id,
    ...(plug.label === undefined ? {} : { label: plug.label }),
    ...(plug.party === undefined ? {} : { party: plug.party as Party }),
    family: plug.family,
    variables: plug.variables,
    ...(plug.channel === undefined ? {} : { channel: plug.channel }),
    credentialId,
    ratedPowerW: plug.ratedPowerW,
    operative: plug.operative,
    createdAt,
    live: service.live(_id),
  })

  const own = ({ party, plugId }: { party: Party; plugId: string }): Plug => {
    const plug = service.plugs().find(({ _id }) => _id === plugId)
    if (plug?.party === party) return plug
    throw new WerenodeError('not-found', `${party} has no plug "${plugId.slice(0, 60)}"`, {
      hint: 'Add it first; its id is case-sensitive.',
    })
  }

  const refuseTaken = async ({ party, plugId, credentialId = plugId }: NewPlugRequest): Promise<void> => {
    const plugs = service.plugs()
    const known = plugs.find(({ _id }) => _id === plugId)
    const taken = new WerenodeError('conflict', `The id ${plugId} is taken`, { hint: 'Choose another id.' })
    if (known ? known.party !== party : await isTaken(plugId)) throw taken
    const behind = plugs.filter((plug) => plug.credentialId === credentialId)
    const isOthers =
      behind.some((plug) => plug.party !== party) || (behind.length === 0 && (await isTaken(credentialId)))
    if (isOthers)
      throw new WerenodeError('conflict', `The credential ${credentialId} is not one of ${party}`, {
        hint: 'Leave credentialId out, or name that of a plug of yours.',
      })
  }

  const add = async (wanted: NewPlugRequest): Promise<PlugSetup> => {
    parsePlugId(wanted.plugId)
    await refuseTaken(wanted)
    const owner = await service.profiles.ownerOf(wanted.family)
    if (owner !== undefined && owner !== wanted.party)
      throw new WerenodeError('not-found', `There is no device profile "${wanted.family.slice(0, 60)}"`)
    const { plug, password, command, ...rest } = await service.addPlug(wanted)
    return {
      ...rest,
      plug: viewOf(plug),
      ...(password === undefined ? {} : { password }),
      ...(command === undefined ? {} : { command }),
    }
  }

  return [
    answer(bus, 'plugs.families', async () => ({ items: (await service.profiles.all()).map(familyOf) })),
    answer(bus, 'plugs.putFamily', async ({ profile }) => familyOf(await service.profiles.put(profile))),
    answer(bus, 'plugs.ownFamilies', async ({ party }) => ({ items: await service.ownProfiles.list(party) })),
    answer(bus, 'plugs.putOwnFamily', ({ party, profile }) => service.ownProfiles.put(party, profile)),
    answer(bus, 'plugs.removeOwnFamily', async ({ party, family }) => {
      await service.ownProfiles.remove(party, family)
      return {}
    }),
    answer(bus, 'plugs.record', recordings.start),
    answer(bus, 'plugs.recording', async (which) => recordings.get(which)),
    answer(bus, 'plugs.observe', async ({ name }) => service.addObserver(name)),
    answer(bus, 'plugs.add', add),
    answer(bus, 'plugs.list', async ({ party }) => ({
      items: service
        .plugs()
        .filter((plug) => plug.party === party)
        .map(viewOf),
    })),
    answer(bus, 'plugs.get', async (which) => viewOf(own(which))),
    answer(bus, 'plugs.remove', async (which) => {
      await service.removePlug(own(which)._id)
      return {}
    }),
    answer(bus, 'plugs.rekey', async (which) => {
      const { credentialId } = own(which)
      return { username: credentialId, password: await service.rekey(credentialId) }
    }),
    answer(bus, 'plugs.readings', async ({ from, to, limit, ...which }) => {
      const points = await service.history(own(which)._id, {
        limit,
        newestFirst: true,
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      })
      return { items: points.map(readingOf) }
    }),
    answer(bus, 'plugs.alarms', async ({ party, limit }) => {
      const plugs = service.plugs().filter((plug) => plug.party === party)
      const ids = [...new Set(plugs.flatMap(({ _id, credentialId }) => [_id, credentialId]))]
      const alarms = ids.length === 0 ? [] : await alarmsOf(ids, limit)
      return {
        items: alarms.map(({ kind, plugId, at, detail, address, count }) => ({
          kind,
          plugId,
          at,
          detail,
          address,
          count,
        })),
      }
    }),
  ]
}

const readingOf = ({ at, value }: { readonly at: number; readonly value: ReadingPoint }): PlugReading => {
  const { wh, by, c, w, v, a, t, lq, on, tx, flags = [] } = value
  return {
    at: new Date(at).toISOString(),
    registerWh: wh,
    method: by,
    ...(c === undefined ? {} : { counterWh: c }),
    ...(w === undefined ? {} : { powerW: w }),
    ...(v === undefined ? {} : { voltageV: v }),
    ...(a === undefined ? {} : { currentA: a }),
    ...(t === undefined ? {} : { temperatureC: t }),
    ...(lq === undefined ? {} : { linkQuality: lq }),
    ...(on === undefined ? {} : { on }),
    ...(tx === undefined ? {} : { transactionId: tx }),
    flags,
  }
}

const familyOf = (profile: DeviceProfile): PlugFamilyView => ({
  family: profile.family,
  title: profile.title,
  kind: profile.kind,
  documentation: profile.documentation,
  notes: profile.notes,
  deadMan: profile.deadMan.kind,
  variables: Object.entries(profile.variables).map(([name, variable]) => ({
    name,
    label: variable.label,
    ...(variable.example === undefined ? {} : { example: variable.example }),
    ...(variable.default === undefined ? {} : { default: variable.default }),
    optional: variable.optional || variable.default !== undefined,
    ...(variable.oneOf === undefined ? {} : { oneOf: variable.oneOf }),
  })),
})
