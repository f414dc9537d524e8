import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Party, type PlugSetup, parseEvseId, WerenodeError } from '@werenode/core'
import { pairs, visible } from '@werenode/design/terminal'
import type { Operator } from '@werenode/sdk'
import type { Parsed } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import type { plugSpec } from './spec.ts'

export interface Addition {
  readonly operator: Operator
  readonly origin: string
  readonly party: Party
  readonly plugId: string
  readonly options: Parsed<(typeof plugSpec)['options']>['options']
}

/** Lets a plug in, says how to set up the device, and waits for its first reading: the green light. */
export const addPlug = async (addition: Addition, screen: Screen): Promise<number> => {
  const { operator, plugId, options } = addition
  const { family, label } = options
  if (family === undefined)
    throw new WerenodeError('invalid-input', `What kind of device is ${plugId}?`, {
      hint: 'Say --family tasmota, shelly-gen2 ...; `./werenode plug families` lists them.',
    })
  const onMap = options.evse === undefined ? undefined : placeOf(addition)
  const startedAt = Date.now()
  const setup = await operator.addPlug({
    plugId,
    family,
    variables: variablesIn(options.set),
    ratedPowerW: ratedOf(options),
    ...(label === undefined ? {} : { label }),
  })
  printSetup(setup, screen)
  if (onMap) await putOnMap(addition, onMap, screen)
  if (options['no-wait']) return 0
  return waitForLight(addition, startedAt, screen)
}

const ratedOf = ({ rated }: Addition['options']): number => Math.round(rated ?? 2_300)

const variablesIn = (text: string | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (text ?? '')
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.indexOf('=')
        if (at < 1)
          throw new WerenodeError('invalid-input', `--set ${pair} is not NAME=VALUE`, {
            hint: 'For example --set topic=tasmota_A1B2C3.',
          })
        return [pair.slice(0, at).trim(), pair.slice(at + 1)]
      }),
  )

const printSetup = ({ settings, command, warnings, password }: PlugSetup, { paint, print, glyphs }: Screen): void => {
  print(paint.strong('Set the device up like this:'))
  print()
  print(pairs(settings.map(({ label, value }) => [`  ${label}`, visible(value)])))
  if (command) {
    print()
    print(`or paste this into ${command.where}:`)
    print()
    print(`  ${command.text}`)
  }
  print()
  for (const warning of warnings) print(`${paint.warning(glyphs.warning)} ${warning}`)
  if (password !== undefined)
    print(paint.muted('The password is not shown again; `./werenode plug rekey` makes another.'))
}

interface Place {
  readonly evseId: ReturnType<typeof parseEvseId>
  readonly position: { readonly lat: number; readonly lon: number }
  readonly name: string
}

const placeOf = ({ options }: Addition): Place => {
  const [lat, lon, ...more] = (options.at ?? '').split(',').map(Number)
  if (lat === undefined || lon === undefined || more.length > 0 || ![lat, lon].every(Number.isFinite))
    throw new WerenodeError('invalid-input', 'Where is it? --at is missing or not LAT,LON', {
      hint: 'For example --at 48.1142,-1.6815.',
    })
  if (options.name === undefined)
    throw new WerenodeError('invalid-input', 'A place on the map needs a name', {
      hint: 'For example --name "Garage 12".',
    })
  return { evseId: parseEvseId(options.evse!), position: { lat, lon }, name: options.name }
}

const vatPercent = 20

/** Tariff and location as any operator would put them, and the sticker for the plug. */
const putOnMap = async (addition: Addition, { evseId, position, name }: Place, screen: Screen): Promise<void> => {
  const { operator, origin, party, plugId, options } = addition
  const { price } = options
  const tariffId = `${plugId}-PRICE`
  const component =
    price === undefined
      ? { type: 'ENERGY', price: 0, step_size: 1 }
      : { type: 'ENERGY', price: Number((price / (1 + vatPercent / 100)).toFixed(4)), vat: vatPercent, step_size: 1 }
  await operator.putTariff(tariffId, {
    currency: 'EUR',
    elements: [{ price_components: [component] }],
    last_updated: new Date().toISOString(),
  })
  await operator.putLocation(plugId, {
    name,
    operatorName: party,
    address: options.address ?? name,
    city: options.city ?? name,
    countryCode: 'FR',
    position,
    timeZone: 'Europe/Paris',
    evses: [
      {
        evseId,
        station: { stationId: plugId, evse: 1 },
        payable: true,
        connectors: [
          {
            id: 1,
            standard: 'DOMESTIC_E',
            format: 'SOCKET',
            powerType: 'AC_1_PHASE',
            maxPowerW: ratedOf(options),
            tariffIds: [tariffId],
            meterCertified: false,
          },
        ],
      },
    ],
  })
  const sticker = `${origin}/v1/evses/${encodeURIComponent(evseId)}/qr.svg`
  const answer = await fetch(sticker)
  screen.print(`${screen.paint.positive(screen.glyphs.check)} On the map as ${screen.format.evseId(evseId)}`)
  if (!answer.ok) return screen.print(`  The sticker will be at ${sticker}`)
  const file = resolve(`${plugId}.svg`)
  await writeFile(file, await answer.text())
  screen.print(`  Its QR sticker: ${file} (also at ${sticker})`)
}

const waitForLight = async (
  { operator, plugId, options }: Addition,
  since: number,
  screen: Screen,
): Promise<number> => {
  const { paint, glyphs, format } = screen
  const withinS = options.wait ?? 300
  screen.print(`Waiting for its first reading (Ctrl-C ends the waiting, the plug stays).`)
  for (;;) {
    const { live } = await operator.plug(plugId)
    const isHeard = live.heardAt !== undefined && Date.parse(live.heardAt) >= since
    if (live.online && isHeard && live.registerWh !== undefined) {
      screen.clear()
      const power = live.powerW === undefined ? '' : `, ${format.power(live.powerW)} now`
      screen.print(
        `${paint.positive(glyphs.check)} ${plugId} is here: its register is at ${format.energy(live.registerWh)}${power}.`,
      )
      screen.print('  Its meter is not certified for billing; drivers are told before they sign.')
      return 0
    }
    const waitedS = Math.round((Date.now() - since) / 1000)
    if (waitedS >= withinS)
      throw new WerenodeError('timeout', `Nothing was heard from ${plugId} within ${withinS} s`, {
        hint: 'Check host, port, user, password and topic on the device, and that it reaches this host (a node for others starts with --host 0.0.0.0).',
      })
    screen.redraw(paint.muted(`  ${live.online ? 'connected, no reading yet' : 'not connected yet'}, ${waitedS} s`))
    await pause(1_000)
  }
}
