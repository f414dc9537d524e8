import { type Catalogue, createTranslate, type Messages } from '@werenode/design'
import type { Mail } from '../mail/mailer.ts'

const english = {
  'mail.verify.subject': 'Confirm your address for Werenode',
  'mail.verify.text':
    'Welcome to Werenode.\n\nOpen this link to confirm that {email} is yours; it is good for a day:\n\n{link}\n\nIf you did not ask for this, leave it: nothing happens.',
  'mail.known.subject': 'You have a Werenode account already',
  'mail.known.text':
    'Somebody, probably you, tried to sign up with {email}, which has an account already.\n\nIf you forgot the password, choose a new one here; the link is good for an hour:\n\n{link}\n\nIf it was not you, leave it: nothing happens.',
  'mail.reset.subject': 'Choose a new Werenode password',
  'mail.reset.text':
    'Open this link to choose a new password for {email}; it is good for an hour, and once:\n\n{link}\n\nIf you did not ask for this, leave it: your password stays as it is.',
  'mail.changed.subject': 'Your Werenode password was changed',
  'mail.changed.text':
    'The password of {email} was changed just now, and every device was signed out.\n\nIf it was not you, choose a new one here:\n\n{link}',
} as const satisfies Messages

const words: Catalogue<typeof english> = {
  en: english,
  fr: {
    'mail.verify.subject': 'Confirmez votre adresse pour Werenode',
    'mail.verify.text':
      'Bienvenue sur Werenode.\n\nOuvrez ce lien pour confirmer que {email} est bien à vous ; il est valable un jour :\n\n{link}\n\nSi vous n’avez rien demandé, ignorez ce message : il ne se passera rien.',
    'mail.known.subject': 'Vous avez déjà un compte Werenode',
    'mail.known.text':
      'Quelqu’un, sans doute vous, a voulu s’inscrire avec {email}, qui a déjà un compte.\n\nSi vous avez oublié le mot de passe, choisissez-en un nouveau ici ; le lien est valable une heure :\n\n{link}\n\nSi ce n’était pas vous, ignorez ce message : il ne se passera rien.',
    'mail.reset.subject': 'Choisissez un nouveau mot de passe Werenode',
    'mail.reset.text':
      'Ouvrez ce lien pour choisir un nouveau mot de passe pour {email} ; il est valable une heure, et une seule fois :\n\n{link}\n\nSi vous n’avez rien demandé, ignorez ce message : votre mot de passe ne change pas.',
    'mail.changed.subject': 'Votre mot de passe Werenode a été changé',
    'mail.changed.text':
      'Le mot de passe de {email} vient d’être changé, et tous les appareils ont été déconnectés.\n\nSi ce n’était pas vous, choisissez-en un nouveau ici :\n\n{link}',
  },
}

export type Letter = 'verify' | 'known' | 'reset' | 'changed'

/** A letter about signing in, in the reader's language. */
export const letter = (kind: Letter, locale: 'en' | 'fr', values: { email: string; link: string }): Mail => {
  const t = createTranslate(words, locale)
  return { to: values.email, subject: t(`mail.${kind}.subject`), text: t(`mail.${kind}.text`, values) }
}
