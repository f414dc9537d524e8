import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { transcripts } from '../../test/transcripts/transcripts.ts'
import { accessOf, mayPublish, maySubscribe } from './access.ts'
import { bindDevice } from './device.ts'
import { shippedProfiles } from './families.ts'
import { interpret } from './interpret.ts'
import { parseProfile } from './parse.ts'
import type { CommandName } from './schema.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text)
const boundTo = (transcript: (typeof transcripts)[number]) =>
  bindDevice(shippedProfiles.get(transcript.family)!, { plugId: 'P-1', ...transcript })
const given = { deadManS: 900, intervalS: 60, limitA: 16, requestId: 7, elapsedS: 0 }

describe.each(transcripts)('$family: $about', (transcript) => {
  const device = boundTo(transcript)
  it.each(transcript.says)('%s %s', (topic, payload, told) => {
    expect(interpret(device, topic, bytes(payload))).toEqual(told)
  })
  it.each(Object.entries(transcript.commands ?? {}))('is told "%s" in its own words', (name, publishes) => {
    expect(device.command(name as CommandName, given).map(({ topic, payload }) => [topic, payload])).toEqual(publishes)
  })
  it('may send what it is read at and hear what it is told at, and nothing that switches it', () => {
    const access = accessOf(device)
    for (const [topic, , told] of transcript.says) if (told) expect(mayPublish(access, topic)).toBe(true)
    for (const topic of device.commandTopics) {
      expect(mayPublish(access, topic)).toBe(false)
      expect(maySubscribe(access, topic)).toBe(true)
    }
    for (const filter of ['#', '+/#', '+/+', '$SYS/#', 'tele/#', 'tele/+/SENSOR', 'zigbee2mqtt/#', 'cmnd/+/POWER'])
      expect(maySubscribe(access, filter)).toBe(false)
    expect(mayPublish(access, 'tele/tasmota_OTHER/SENSOR')).toBe(false)
  })
})

describe('profiles', () => {
  it('of every family have a transcript', () => {
    expect(new Set(transcripts.map(({ family }) => family))).toEqual(new Set(shippedProfiles.keys()))
  })

  it('never throw, whatever a device sends', () => {
    const devices = transcripts.map(boundTo)
    fc.assert(
      fc.property(fc.nat(), fc.oneof(fc.string(), fc.json()), (pick, payload) => {
        const device = devices[pick % devices.length]!
        for (const topic of device.reads.keys()) interpret(device, topic, bytes(payload))
      }),
    )
  })

  it('look at own members only', () => {
    const device = boundTo(transcripts[0]!)
    expect(
      interpret(device, 'tele/tasmota_A1B2C3/SENSOR', bytes('{"__proto__":{"ENERGY":{"Total":5}}}')),
    ).toBeUndefined()
  })

  it.each([
    ['a unit that does not measure the quantity', 'kWh', /no unit of power/],
    ['no unit', undefined, /needs a unit/],
  ])('are refused with %s', (_, unit, words) => {
    const profile = JSON.parse(JSON.stringify(shippedProfiles.get('shelly-gen1')!))
    for (const { values } of profile.reads)
      for (const value of values) if (value.quantity === 'power') value.unit = unit
    expect(() => parseProfile(profile)).toThrow(words)
  })

  it('are refused when a template names what nobody gives', () => {
    const profile = JSON.parse(JSON.stringify(shippedProfiles.get('shelly-gen1')!).replaceAll('{id}', '{serial}'))
    expect(() => parseProfile(profile)).toThrow(/serial/)
  })
})

describe('a variable', () => {
  const bind = (topic: string) => bindDevice(shippedProfiles.get('tasmota')!, { plugId: 'P', variables: { topic } })
  it.each(['#', '+', 'a/b', '$SYS', 'x\u0000y'])('cannot be %j, which would open other topics', (topic) => {
    expect(() => bind(topic)).toThrow(/cannot be topic/)
  })
  it('that is missing is asked for by its label', () => {
    expect(() => bindDevice(shippedProfiles.get('tasmota')!, { plugId: 'P', variables: {} })).toThrow(/needs "topic"/)
  })
  it('that the family does not have is refused', () => {
    expect(() =>
      bindDevice(shippedProfiles.get('tasmota')!, { plugId: 'P', variables: { topic: 'x', host: 'y' } }),
    ).toThrow(/no setting "host"/)
  })
})
