/** A device profile as a person fills it in; docs/mqtt-device-profiles.md tells what each part means. */
export const emptyProfile = {
  family: '',
  title: '',
  topicLabel: 'Topic of the device',
  powerTopic: '{topic}/power',
  powerPath: '',
  powerUnit: 'W',
  energyTopic: '{topic}/energy',
  energyPath: '',
  energyUnit: 'kWh',
  wrapsAtWh: '',
  resolutionWh: '1',
  onTopic: '{topic}/state',
  onPath: '',
  onWord: 'ON',
  offWord: 'OFF',
  onlineTopic: '',
  onlinePath: '',
  onlineWord: 'online',
  offlineWord: 'offline',
  temperatureTopic: '',
  temperaturePath: '',
  maxTemperatureC: '80',
  onCommandTopic: '{topic}/set',
  onPayload: 'ON',
  offCommandTopic: '{topic}/set',
  offPayload: 'OFF',
  refreshTopic: '',
  refreshPayload: '{deadManS}',
  deadMan: 'settings',
  deadManS: '900',
  unpluggedW: '1',
  idleW: '20',
  fullAfterS: '300',
} as const satisfies Record<string, string>
export type ProfileField = keyof typeof emptyProfile
export type ProfileDraft = Readonly<Record<ProfileField, string>>

/** What the readings are called in a profile, and how their fields begin here. */
const quantities = [
  ['power', 'power'],
  ['energy', 'energy'],
  ['on', 'on'],
  ['online', 'online'],
  ['temperature', 'temperature'],
] as const
const topicOf = (draft: ProfileDraft, name: (typeof quantities)[number][1]): string => draft[`${name}Topic`].trim()
const told = (draft: ProfileDraft) => quantities.filter(([, name]) => topicOf(draft, name) !== '')

const read = (draft: ProfileDraft, quantity: string): Record<string, unknown> => {
  switch (quantity) {
    case 'power':
      return { quantity, path: draft.powerPath.trim(), unit: draft.powerUnit }
    case 'energy':
      return { quantity, path: draft.energyPath.trim(), unit: draft.energyUnit }
    case 'on':
      return { quantity, path: draft.onPath.trim(), is: { [draft.onWord]: true, [draft.offWord]: false } }
    case 'online':
      return { quantity, path: draft.onlinePath.trim(), is: { [draft.onlineWord]: true, [draft.offlineWord]: false } }
    default:
      return { quantity, path: draft.temperaturePath.trim(), unit: 'C' }
  }
}

/** A figure, or the text itself where it is none: the schema then says that it must be one. */
const figure = (text: string): number | string => {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) ? value : text
}

/** The profile that a draft says. */
export const profileOfDraft = (draft: ProfileDraft): Record<string, unknown> => {
  const usesTopic = Object.values(draft).some((text) => text.includes('{topic}'))
  return {
    family: draft.family.trim(),
    title: draft.title.trim(),
    variables: usesTopic ? { topic: { label: draft.topicLabel.trim(), example: 'garage/plug' } } : {},
    reads: told(draft).map(([quantity, name]) => ({ topic: topicOf(draft, name), values: [read(draft, quantity)] })),
    commands: {
      on: [{ topic: draft.onCommandTopic.trim(), payload: draft.onPayload }],
      off: [{ topic: draft.offCommandTopic.trim(), payload: draft.offPayload }],
      ...(draft.refreshTopic.trim() === ''
        ? {}
        : { refresh: [{ topic: draft.refreshTopic.trim(), payload: draft.refreshPayload }] }),
    },
    counter: {
      ...(draft.wrapsAtWh.trim() === '' ? {} : { wrapsAtWh: figure(draft.wrapsAtWh) }),
      resolutionWh: figure(draft.resolutionWh),
    },
    deadMan: { kind: draft.deadMan, s: figure(draft.deadManS) },
    safety: { maxTemperatureC: figure(draft.maxTemperatureC) },
    load: {
      unpluggedW: figure(draft.unpluggedW),
      idleW: figure(draft.idleW),
      fullAfterS: figure(draft.fullAfterS),
    },
    onboarding: {
      settings: [
        { label: 'Broker', value: '{host}' },
        { label: 'Port', value: '{port}' },
        { label: 'User', value: '{username}' },
        { label: 'Password', value: '{password}' },
      ],
      warnings: [
        'The device must stay off after a power cut.',
        ...(draft.deadMan === 'settings'
          ? ['Set a timer on the device that ends the supply by itself, or nothing does when the platform is lost.']
          : []),
      ],
    },
  }
}

interface Shape {
  readonly family?: string
  readonly title?: string
  readonly variables?: Readonly<Record<string, { readonly label?: string }>>
  readonly reads?: readonly {
    readonly topic: string
    readonly values: readonly {
      readonly quantity: string
      readonly path?: string
      readonly unit?: string
      readonly is?: Readonly<Record<string, unknown>>
    }[]
  }[]
  readonly commands?: Readonly<Record<string, readonly { readonly topic: string; readonly payload?: string }[]>>
  readonly counter?: Readonly<Record<string, number>>
  readonly deadMan?: { readonly kind?: string; readonly s?: number }
  readonly safety?: { readonly maxTemperatureC?: number }
  readonly load?: Readonly<Record<string, number>>
}

/** The draft of a profile that the form can express; undefined for one that says more (arrays, calculations, own words). */
export const draftOfProfile = (profile: unknown): ProfileDraft | undefined => {
  const { family, title, variables, reads, commands, counter, deadMan, safety, load } = profile as Shape
  const readOf = (quantity: string) => reads?.find(({ values }) => values[0]?.quantity === quantity)
  const topic = (quantity: string): string => readOf(quantity)?.topic ?? ''
  const path = (quantity: string): string => readOf(quantity)?.values[0]?.path ?? ''
  const word = (quantity: string, means: boolean): string =>
    Object.entries(readOf(quantity)?.values[0]?.is ?? {}).find(([, one]) => one === means)?.[0] ?? ''
  const text = (value: unknown, usual: string): string => (value === undefined ? usual : String(value))
  const draft: ProfileDraft = {
    family: family ?? '',
    title: title ?? '',
    topicLabel: variables?.topic?.label ?? emptyProfile.topicLabel,
    powerTopic: topic('power'),
    powerPath: path('power'),
    powerUnit: readOf('power')?.values[0]?.unit ?? 'W',
    energyTopic: topic('energy'),
    energyPath: path('energy'),
    energyUnit: readOf('energy')?.values[0]?.unit ?? 'kWh',
    wrapsAtWh: text(counter?.wrapsAtWh, ''),
    resolutionWh: text(counter?.resolutionWh, '1'),
    onTopic: topic('on'),
    onPath: path('on'),
    onWord: word('on', true),
    offWord: word('on', false),
    onlineTopic: topic('online'),
    onlinePath: path('online'),
    onlineWord: word('online', true) || emptyProfile.onlineWord,
    offlineWord: word('online', false) || emptyProfile.offlineWord,
    temperatureTopic: topic('temperature'),
    temperaturePath: path('temperature'),
    maxTemperatureC: text(safety?.maxTemperatureC, '80'),
    onCommandTopic: commands?.on?.[0]?.topic ?? '',
    onPayload: commands?.on?.[0]?.payload ?? '',
    offCommandTopic: commands?.off?.[0]?.topic ?? '',
    offPayload: commands?.off?.[0]?.payload ?? '',
    refreshTopic: commands?.refresh?.[0]?.topic ?? '',
    refreshPayload: commands?.refresh?.[0]?.payload ?? emptyProfile.refreshPayload,
    deadMan: deadMan?.kind ?? 'settings',
    deadManS: text(deadMan?.s, '900'),
    unpluggedW: text(load?.unpluggedW, '1'),
    idleW: text(load?.idleW, '20'),
    fullAfterS: text(load?.fullAfterS, '300'),
  }
  return same(profileOfDraft(draft), profile) ? draft : undefined
}

/** Equal whatever the order of names. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other))
const ordered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, part]) => [name, ordered(part)]),
        )
      : value

const byPath: readonly (readonly [RegExp, ProfileField])[] = [
  [/^family$/, 'family'],
  [/^title$/, 'title'],
  [/^variables\.topic/, 'topicLabel'],
  [/^commands\.on(\.0\.topic)?$/, 'onCommandTopic'],
  [/^commands\.on\.0\.payload/, 'onPayload'],
  [/^commands\.off(\.0\.topic)?$/, 'offCommandTopic'],
  [/^commands\.off\.0\.payload/, 'offPayload'],
  [/^commands\.refresh\.0\.topic/, 'refreshTopic'],
  [/^commands\.refresh\.0\.payload/, 'refreshPayload'],
  [/^counter\.wrapsAtWh/, 'wrapsAtWh'],
  [/^counter\.resolutionWh/, 'resolutionWh'],
  [/^deadMan\.kind/, 'deadMan'],
  [/^deadMan/, 'deadManS'],
  [/^safety/, 'maxTemperatureC'],
  [/^load\.unpluggedW/, 'unpluggedW'],
  [/^load\.idleW/, 'idleW'],
  [/^load\.fullAfterS/, 'fullAfterS'],
]

const fieldOf = (finding: string, draft: ProfileDraft): ProfileField | undefined => {
  const where = /^([a-zA-Z]+(?:\.[^:\s]+)*): /.exec(finding)?.[1]
  if (where !== undefined) {
    const reading = /^reads\.(\d+)(?:\.(topic)|\.values\.0(?:\.(path|unit|is))?)?/.exec(where)
    if (reading) {
      const name = told(draft)[Number(reading[1])]?.[1]
      if (name === undefined) return undefined
      if (reading[2] === 'topic') return `${name}Topic`
      if (reading[3] === 'path') return `${name}Path`
      if (name === 'on') return 'onWord'
      if (name === 'online') return 'onlineWord'
      return name === 'temperature' ? 'temperatureTopic' : `${name}Unit`
    }
    return byPath.find(([path]) => path.test(where))?.[1]
  }
  // Findings about the whole: a variable nobody declared, a quantity that is not read.
  const unknown = /^\{([^}]+)\}/.exec(finding)?.[1]
  if (unknown !== undefined)
    return (Object.keys(draft) as ProfileField[]).find((name) => draft[name].includes(`{${unknown}}`))
  if (finding.startsWith('it reads neither')) return 'powerTopic'
  return finding.startsWith('it does not read "on"') ? 'onTopic' : undefined
}

/** What the schema found, beside the field it is about; what is about none is in `rest`. */
export const findingsByField = (
  findings: readonly string[],
  draft: ProfileDraft,
): { readonly fields: Readonly<Partial<Record<ProfileField, string>>>; readonly rest: readonly string[] } => {
  const fields: Partial<Record<ProfileField, string>> = {}
  const rest: string[] = []
  for (const finding of findings) {
    const field = fieldOf(finding, draft)
    if (field === undefined) rest.push(finding)
    else fields[field] ??= finding.replace(/^[a-zA-Z]+(?:\.[^:\s]+)*: /, '')
  }
  return { fields, rest }
}
