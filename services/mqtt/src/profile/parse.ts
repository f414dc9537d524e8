import { WerenodeError } from '@werenode/core'
import { type DeviceProfile, deviceProfile } from './schema.ts'
import { namesIn } from './template.ts'

/** Given by the house, whatever the profile. */
const given = new Set([
  ...['plugId', 'channel', 'channel0', 'deadManS', 'intervalS', 'limitWh', 'limitA', 'elapsedS', 'requestId'],
  ...['host', 'port', 'username', 'password'],
])

/** Reads a profile. Throws `invalid-input` with each finding and where it stands. */
export const parseProfile = (data: unknown): DeviceProfile => {
  const parsed = deviceProfile.safeParse(data)
  if (!parsed.success)
    throw refusal(
      data,
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'profile'}: ${message}`),
    )
  const profile = parsed.data
  const known = new Set([...given, ...Object.keys(profile.variables), ...Object.keys(profile.derived)])
  const unknown = [...new Set(namesIn(JSON.stringify(data)).filter((name) => !known.has(name)))]
  if (unknown.length > 0) throw refusal(data, [`{${unknown.join('}, {')}} is not among its variables`])
  const told = new Set(profile.reads.flatMap(({ values }) => values.map(({ quantity }) => quantity)))
  if (!told.has('power') && !told.has('energy')) throw refusal(data, ['it reads neither power nor energy'])
  if (!told.has('on')) throw refusal(data, ['it does not read "on": a start must be confirmed by the device'])
  return profile
}

const refusal = (data: unknown, findings: readonly string[]): WerenodeError => {
  const name = (data as { family?: unknown } | null)?.family
  const shown = findings.slice(0, 8)
  return new WerenodeError(
    'invalid-input',
    `The device profile ${typeof name === 'string' ? `"${name.slice(0, 40)}" ` : ''}is not usable: ${shown.join('; ')}`,
    { hint: 'docs/mqtt-device-profiles.md shows how a profile is written.', data: { findings: shown } },
  )
}
