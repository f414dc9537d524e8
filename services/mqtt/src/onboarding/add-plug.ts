import { type Clock, type Store, WerenodeError, type WriteOp } from '@werenode/core'
import { createCredentialChecker, generatePassword, hashPassword } from '../door/credentials.ts'
import { type Credential, credentials as credentialCollection } from '../door/door.ts'
import { type Plug, parsePlugId } from '../plug/plug.ts'
import { bindDevice } from '../profile/device.ts'
import type { DeviceProfile } from '../profile/schema.ts'
import { fill } from '../profile/template.ts'

/** What an operator says about a new plug. */
export interface NewPlug {
  /** Also the station's id in the catalogue. */
  readonly plugId: string
  /** `tasmota`, `shelly-gen1`, `shelly-gen2`, `zigbee2mqtt`, `esphome`, `openevse`, `go-e`, `generic`, or an own profile. */
  readonly family: string
  /** The profile's variables, e.g. `{ topic: 'tasmota_A1B2C3' }`. */
  readonly variables: Readonly<Record<string, string>>
  /** What may be drawn for hours, W: the lesser of plug, socket and fuse. */
  readonly ratedPowerW: number
  readonly label?: string
  readonly party?: string
  readonly channel?: number | 'all'
  readonly channels?: number
  /** Name of a credential shared by several outlets or by a bridge. Default: the plug's id. */
  readonly credentialId?: string
  /** Generated when absent. */
  readonly password?: string
}

export interface AddedPlug {
  readonly plug: Plug
  readonly username: string
  /** Shown once; only its hash is kept. Undefined when the credential was there before and keeps its password. */
  readonly password: string | undefined
  /** What to type into the device, in order. */
  readonly settings: readonly { readonly label: string; readonly value: string }[]
  /** The same as one command to paste, and where. */
  readonly command: { readonly where: string; readonly text: string } | undefined
  /** What must be done by hand to be safe. */
  readonly warnings: readonly string[]
}

/** Where devices find the broker. */
export interface BrokerAddress {
  readonly host: string
  readonly port: number
}

/**
 * Makes a plug's documents and the text that sets the device up. Idempotent for the same input with a password given.
 * Throws `invalid-input` with what is wrong and an example.
 */
export const preparePlug = async (
  deps: {
    readonly store: Store
    readonly clock: Clock
    readonly profile: DeviceProfile
    readonly broker: BrokerAddress
  },
  input: NewPlug,
): Promise<{ readonly added: AddedPlug; readonly ops: readonly WriteOp[] }> => {
  const { store, clock, profile, broker } = deps
  const plugId = parsePlugId(input.plugId)
  const credentialId = parsePlugId(input.credentialId ?? plugId)
  if (!Number.isFinite(input.ratedPowerW) || input.ratedPowerW < 100 || input.ratedPowerW > 44_000)
    throw new WerenodeError('invalid-input', `A rating of ${input.ratedPowerW} W is not one of plug ${plugId}`, {
      hint: 'Give what may be drawn for hours, e.g. 2300 for a household plug at 10 A, 3680 at 16 A.',
    })
  if (input.password !== undefined) assertPassword(`plug ${plugId}`, input.password)
  const device = bindDevice(profile, { ...input, plugId })
  const before = await store.get<Plug>('mqtt_plugs', plugId)
  const credential = await store.get<Credential>(credentialCollection, credentialId)
  const keepsPassword = credential !== undefined && input.password === undefined && credential.role === 'device'
  if (credential?.role === 'observer')
    throw new WerenodeError('conflict', `"${credentialId}" is the name of an observer, not of a device`)
  const password = keepsPassword ? undefined : (input.password ?? generatePassword())
  const plug: Plug = {
    _id: plugId,
    ...(input.label === undefined ? {} : { label: input.label }),
    ...(input.party === undefined ? {} : { party: input.party }),
    family: profile.family,
    variables: input.variables,
    ...(input.channel === undefined ? {} : { channel: input.channel }),
    ...(input.channels === undefined ? {} : { channels: input.channels }),
    credentialId,
    ratedPowerW: input.ratedPowerW,
    operative: before?.operative ?? true,
    createdAt: before?.createdAt ?? clock().toISOString(),
  }
  const ops: WriteOp[] = [{ op: 'put', in: 'mqtt_plugs', doc: plug }]
  if (password !== undefined) {
    const doc: Credential = {
      _id: credentialId,
      hash: await hashPassword(password),
      role: 'device',
      createdAt: clock().toISOString(),
    }
    ops.push({ op: 'put', in: credentialCollection, doc })
  }
  const values = {
    ...device.values,
    host: broker.host,
    port: broker.port,
    username: credentialId,
    password: password ?? '(the password it has)',
  }
  const { settings, command, warnings } = profile.onboarding
  return {
    ops,
    added: {
      plug,
      username: credentialId,
      password,
      settings: settings.flatMap(({ label, value }) => {
        const filled = fill(value, values)
        return filled === undefined ? [] : [{ label, value: filled }]
      }),
      command: command && { where: command.where, text: fill(command.text, values) ?? '' },
      warnings: isLoopback(broker.host) ? [...warnings, onlyHere] : warnings,
    },
  }
}

const assertPassword = (of: string, password: string): void => {
  if (/^[A-Za-z0-9_-]{12,64}$/.test(password)) return
  throw new WerenodeError('invalid-input', `The password of ${of} cannot be used`, {
    hint: '12 to 64 letters, digits, _ and -; or leave it out and one is made.',
  })
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')
const onlyHere =
  'The broker is heard on this machine only: a real device needs the node to be started with --host 0.0.0.0 (or an address of its network).'

/** A new password for a credential; returns it, to be typed into the device, and whether it changed. */
export const rekey = async (
  deps: { store: Store; clock: Clock },
  credentialId: string,
  wanted?: string,
): Promise<{ readonly password: string; readonly isNew: boolean }> => {
  const credential = await deps.store.get<Credential>(credentialCollection, credentialId)
  if (!credential)
    throw new WerenodeError('not-found', `There is no credential "${credentialId.slice(0, 60)}"`, {
      hint: 'Add a plug first; its id is the name of its credential.',
    })
  if (wanted !== undefined) {
    assertPassword(credentialId, wanted)
    if (await createCredentialChecker().matches(credentialId, Buffer.from(wanted), credential.hash))
      return { password: wanted, isNew: false }
  }
  const password = wanted ?? generatePassword()
  const { _rev, ...doc } = credential
  await deps.store.write([
    {
      op: 'put',
      in: credentialCollection,
      doc: { ...doc, hash: await hashPassword(password) } as Credential,
    },
  ])
  return { password, isNew: true }
}
