import { type Catalogue, createTranslate, type Messages } from '@werenode/design'

const english = {
  'doc.invoice': 'Invoice',
  'doc.receipt': 'Receipt',
  'doc.number': 'Number',
  'doc.date': 'Date',
  'doc.period': 'Period',
  'doc.seller': 'Seller',
  'doc.buyer': 'Customer',
  'doc.vatId': 'VAT id',
  'doc.place': 'Charge',
  'doc.energy': 'Energy',
  'doc.time': 'Time',
  'doc.net': 'Net',
  'doc.vat': 'VAT',
  'doc.noVat': 'Not subject to VAT',
  'doc.total': 'Total, VAT included',
  'doc.rounding': 'Rounding',
  'doc.paid': 'Paid from energy credit',
  'doc.due': 'To pay',
  'doc.verify': 'Anyone may check this receipt: signatures, meter and chain',
  'doc.session': 'Charge id',
  'doc.settlement': 'Settled by transaction',
} as const satisfies Messages

const words: Catalogue<typeof english> = {
  en: english,
  fr: {
    'doc.invoice': 'Facture',
    'doc.receipt': 'Reçu',
    'doc.number': 'Numéro',
    'doc.date': 'Date',
    'doc.period': 'Période',
    'doc.seller': 'Vendeur',
    'doc.buyer': 'Client',
    'doc.vatId': 'N° TVA',
    'doc.place': 'Recharge',
    'doc.energy': 'Énergie',
    'doc.time': 'Durée',
    'doc.net': 'HT',
    'doc.vat': 'TVA',
    'doc.noVat': 'Hors champ de la TVA',
    'doc.total': 'Total TTC',
    'doc.rounding': 'Arrondi',
    'doc.paid': 'Payé par crédit d’énergie',
    'doc.due': 'Reste à payer',
    'doc.verify': 'Chacun peut vérifier ce reçu : signatures, compteur et chaîne',
    'doc.session': 'Identifiant de la recharge',
    'doc.settlement': 'Réglée par la transaction',
  },
}

export type Locale = 'en' | 'fr'
export const documentWords = (locale: Locale) => createTranslate(words, locale)
