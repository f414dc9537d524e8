import { type Catalogue, createTranslate, type Messages } from '@werenode/design'

export const noticeKinds = [
  'started',
  'stopped',
  'deposit-80',
  'deposit-95',
  'full',
  'idle',
  'refund',
  'dispute',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

const english = {
  'started.title': 'Charging has begun',
  'started.body': '{place}: power is flowing.',
  'stopped.title': 'Charging has ended',
  'stopped.body': '{place}: {energy} for {amount}.',
  'deposit-80.title': '80 % of your deposit is used',
  'deposit-80.body': '{place}: {amount} so far. Top up to go on beyond {limit}.',
  'deposit-95.title': '95 % of your deposit is used',
  'deposit-95.body': '{place}: charging stops soon at {limit}. Top up to go on.',
  'full.title': 'Your vehicle takes no more power',
  'full.body': '{place}: {energy} for {amount}. Please make room for the next one.',
  'idle.title': 'An idle fee begins soon',
  'idle.body': '{place}: unplug in time to avoid it.',
  'refund.title': 'Money is back in your credit',
  'refund.body': '{place}: {refund} of your deposit came back.',
  'dispute.title': 'Your dispute is with the escrow',
  'dispute.body': '{place}: the operator has 72 hours to prove the amount.',
} as const satisfies Messages

const words: Catalogue<typeof english> = {
  en: english,
  fr: {
    'started.title': 'La recharge a commencé',
    'started.body': '{place} : le courant passe.',
    'stopped.title': 'La recharge est terminée',
    'stopped.body': '{place} : {energy} pour {amount}.',
    'deposit-80.title': '80 % de votre dépôt est utilisé',
    'deposit-80.body': '{place} : {amount} pour l’instant. Complétez pour dépasser {limit}.',
    'deposit-95.title': '95 % de votre dépôt est utilisé',
    'deposit-95.body': '{place} : la recharge s’arrête bientôt à {limit}. Complétez pour continuer.',
    'full.title': 'Votre véhicule ne prend plus de courant',
    'full.body': '{place} : {energy} pour {amount}. Merci de laisser la place.',
    'idle.title': 'Des frais d’occupation commencent bientôt',
    'idle.body': '{place} : débranchez à temps pour les éviter.',
    'refund.title': 'De l’argent est revenu sur votre crédit',
    'refund.body': '{place} : {refund} de votre dépôt est revenu.',
    'dispute.title': 'Votre contestation est au séquestre',
    'dispute.body': '{place} : l’opérateur a 72 heures pour prouver le montant.',
  },
}

export type Locale = 'en' | 'fr'
export interface NoticeFacts {
  readonly place: string
  readonly energy: string
  readonly amount: string
  readonly limit: string
  readonly refund: string
}

export const noticeWords = (kind: NoticeKind, locale: Locale, facts: NoticeFacts): { title: string; body: string } => {
  const t = createTranslate(words, locale)
  const fill = t as (key: string, facts: Record<string, string>) => string
  return { title: fill(`${kind}.title`, { ...facts }), body: fill(`${kind}.body`, { ...facts }) }
}
