import { type Catalogue, createTranslate, type Messages, type Translate } from '@werenode/design'

const english = {
  'page.back': 'To Werenode',
  'page.verify.title': 'Confirm your address',
  'page.verify.ask': 'One press and your account is ready.',
  'page.verify.do': 'Confirm',
  'page.verify.done': 'Your address is confirmed. You can sign in now.',
  'page.reset.title': 'Choose a new password',
  'page.reset.label': 'New password, at least ten characters',
  'page.reset.do': 'Change password',
  'page.reset.done': 'Your password was changed, and every device was signed out. You can sign in now.',
  'page.gone': 'This link is not good any more. Ask for a new letter where you signed in.',
  'page.refused': 'This password is too easy to guess. Four words that only you put together are good.',
} as const satisfies Messages

const words: Catalogue<typeof english> = {
  en: english,
  fr: {
    'page.back': 'Vers Werenode',
    'page.verify.title': 'Confirmez votre adresse',
    'page.verify.ask': 'Un clic et votre compte est prêt.',
    'page.verify.do': 'Confirmer',
    'page.verify.done': 'Votre adresse est confirmée. Vous pouvez vous connecter.',
    'page.reset.title': 'Choisissez un nouveau mot de passe',
    'page.reset.label': 'Nouveau mot de passe, dix caractères au moins',
    'page.reset.do': 'Changer le mot de passe',
    'page.reset.done':
      'Votre mot de passe est changé, et tous les appareils sont déconnectés. Vous pouvez vous connecter.',
    'page.gone': 'Ce lien n’est plus valable. Demandez une nouvelle lettre à l’endroit où vous vous connectez.',
    'page.refused': 'Ce mot de passe est trop facile à deviner. Quatre mots que vous seul assemblez font l’affaire.',
  },
}

export type PageWords = Translate<typeof english>

/** The first language of the browser that we speak; English otherwise. */
export const localeOf = (acceptLanguage: string | undefined): 'en' | 'fr' => {
  for (const range of (acceptLanguage ?? '').split(',')) {
    const language = range.trim().slice(0, 2).toLowerCase()
    if (language === 'fr' || language === 'en') return language
  }
  return 'en'
}

export const pageWords = (locale: 'en' | 'fr'): PageWords => createTranslate(words, locale)
