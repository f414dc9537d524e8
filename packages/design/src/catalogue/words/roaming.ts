import type { Translation } from '../message.ts'

/** Roaming between networks: states of partners, bookings and card payments, in OCPI's order. */
export const roamingEn = {
  'partner.state.invited': 'Invited',
  'partner.state.registering': 'Registering',
  'partner.state.registered': 'Registered',
  'partner.state.unregistered': 'Ended',

  'booking.state.PENDING': 'Asked for',
  'booking.state.RESERVED': 'Booked',
  'booking.state.CANCELED': 'Cancelled',
  'booking.state.FAILED': 'Failed',
  'booking.state.NO_SHOW': 'Nobody came',
  'booking.state.FULFILLED': 'Used',
  'booking.state.REJECTED': 'Refused',
  'booking.state.UNKNOWN': 'Not known',
  'booking.where.here': 'At our plugs',
  'booking.where.there': 'At the partner',

  'capture.state.SUCCESS': 'Taken',
  'capture.state.PARTIAL_SUCCESS': 'Taken in part',
  'capture.state.FAILED': 'Not taken',
}

export const roamingFr: Translation<typeof roamingEn> = {
  'partner.state.invited': 'Invité',
  'partner.state.registering': 'Inscription en cours',
  'partner.state.registered': 'Inscrit',
  'partner.state.unregistered': 'Terminé',

  'booking.state.PENDING': 'Demandée',
  'booking.state.RESERVED': 'Réservée',
  'booking.state.CANCELED': 'Annulée',
  'booking.state.FAILED': 'Échouée',
  'booking.state.NO_SHOW': "Personne n'est venu",
  'booking.state.FULFILLED': 'Utilisée',
  'booking.state.REJECTED': 'Refusée',
  'booking.state.UNKNOWN': 'Inconnue',
  'booking.where.here': 'À nos prises',
  'booking.where.there': 'Chez le partenaire',

  'capture.state.SUCCESS': 'Prélevé',
  'capture.state.PARTIAL_SUCCESS': 'Prélevé en partie',
  'capture.state.FAILED': 'Non prélevé',
}
