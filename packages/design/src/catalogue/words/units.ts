import type { Translation } from '../message.ts'

/** Units in full words (for screen readers and prose) and moments told from now. */
export const unitsEn = {
  'unit.seconds': { one: '{count} second', other: '{count} seconds' },
  'unit.minutes': { one: '{count} minute', other: '{count} minutes' },
  'unit.hours': { one: '{count} hour', other: '{count} hours' },
  'unit.days': { one: '{count} day', other: '{count} days' },
  'unit.and': '{first} and {last}',
  'unit.perKWh': 'per kilowatt-hour',
  'unit.perMinute': 'per minute',
  'unit.perHour': 'per hour',
  'unit.perStart': 'per charge',

  'ago.now': 'just now',
  'ago.minutes': { one: '{count} minute ago', other: '{count} minutes ago' },
  'ago.hours': { one: '{count} hour ago', other: '{count} hours ago' },
  'ago.days': { one: '{count} day ago', other: '{count} days ago' },
  'in.moment': 'in a moment',
  'in.minutes': { one: 'in {count} minute', other: 'in {count} minutes' },
  'in.hours': { one: 'in {count} hour', other: 'in {count} hours' },
  'in.days': { one: 'in {count} day', other: 'in {count} days' },
  'day.today': 'today at {time}',
  'day.yesterday': 'yesterday at {time}',
  'day.tomorrow': 'tomorrow at {time}',
} as const

export const unitsFr: Translation<typeof unitsEn> = {
  'unit.seconds': { one: '{count} seconde', other: '{count} secondes', many: '{count} de secondes' },
  'unit.minutes': { one: '{count} minute', other: '{count} minutes', many: '{count} de minutes' },
  'unit.hours': { one: '{count} heure', other: '{count} heures', many: "{count} d'heures" },
  'unit.days': { one: '{count} jour', other: '{count} jours', many: '{count} de jours' },
  'unit.and': '{first} et {last}',
  'unit.perKWh': 'le kilowattheure',
  'unit.perMinute': 'la minute',
  'unit.perHour': "l'heure",
  'unit.perStart': 'par recharge',

  'ago.now': "à l'instant",
  'ago.minutes': { one: 'il y a {count} minute', other: 'il y a {count} minutes' },
  'ago.hours': { one: 'il y a {count} heure', other: 'il y a {count} heures' },
  'ago.days': { one: 'il y a {count} jour', other: 'il y a {count} jours' },
  'in.moment': 'dans un instant',
  'in.minutes': { one: 'dans {count} minute', other: 'dans {count} minutes' },
  'in.hours': { one: 'dans {count} heure', other: 'dans {count} heures' },
  'in.days': { one: 'dans {count} jour', other: 'dans {count} jours' },
  'day.today': "aujourd'hui à {time}",
  'day.yesterday': 'hier à {time}',
  'day.tomorrow': 'demain à {time}',
}
