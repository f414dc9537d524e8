import { describe, expect, test } from 'vitest'
import {
  draftOfProfile,
  emptyProfile,
  findingsByField,
  type ProfileDraft,
  profileOfDraft,
} from '../src/desk/plugs/profile-draft.ts'

const draft: ProfileDraft = {
  ...emptyProfile,
  family: 'my-meter',
  title: 'My meter',
  wrapsAtWh: '10000000',
  onlineTopic: '{topic}/lwt',
  refreshTopic: '{topic}/timer',
}

describe('a device profile in the form', () => {
  test('comes back into the form as it was typed', () => {
    expect(draftOfProfile(profileOfDraft(draft))).toEqual(draft)
    expect(draftOfProfile(profileOfDraft({ ...draft, energyTopic: '', temperatureTopic: 't/temp' }))).toMatchObject({
      energyTopic: '',
      temperatureTopic: 't/temp',
    })
  })

  test('asks for the topic of a device only where the profile has it', () => {
    expect(profileOfDraft(draft).variables).toHaveProperty('topic')
    const fixed = Object.fromEntries(
      Object.entries(draft).map(([name, text]) => [name, text.replaceAll('{topic}', 'shed')]),
    ) as ProfileDraft
    expect(profileOfDraft(fixed).variables).toEqual({})
  })

  test('that says more than the form can is left to its JSON', () => {
    const more = profileOfDraft(draft)
    expect(draftOfProfile({ ...more, derived: { full: { from: '{topic}/x' } } })).toBeUndefined()
  })

  test('has each finding beside its field', () => {
    const findings = [
      'family: Invalid string: must match pattern',
      'reads.1.values.0.unit: Invalid option',
      'reads.3.values.0.path: has a brace that is not closed',
      'counter.wrapsAtWh: Too small',
      'deadMan.s: Too big',
      'reads.0.topic: has a brace that is not closed or an unknown operation',
    ]
    const { fields, rest } = findingsByField(findings, draft)
    expect(Object.keys(fields).sort()).toEqual(
      ['deadManS', 'energyUnit', 'family', 'onlinePath', 'powerTopic', 'wrapsAtWh'].sort(),
    )
    expect(fields.deadManS).toBe('Too big')
    expect(rest).toEqual([])
  })

  test('has what is about the whole where it can be mended, or above', () => {
    const typed = { ...draft, powerTopic: '{room}/power', onTopic: '' }
    const { fields, rest } = findingsByField(
      [
        '{room} is not among its variables',
        'it does not read "on": a start must be confirmed by the device',
        'profile: odd',
      ],
      typed,
    )
    expect(Object.keys(fields)).toEqual(['powerTopic', 'onTopic'])
    expect(rest).toEqual(['profile: odd'])
  })
})
