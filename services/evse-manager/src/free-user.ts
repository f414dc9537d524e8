import { ask, type Bus, type ConnectorOffer, isWerenodeError, type Requests } from '@werenode/core'

type Question = Requests['catalogue.freeUser']['ask']

/** Whether the station's party lets this card or driver charge for nothing. Nobody there to ask means no: then it is paid. */
export const isFreeUser = async (bus: Bus, question: Question): Promise<boolean> => {
  try {
    return (await ask(bus, 'catalogue.freeUser', question)).free
  } catch (error) {
    if (isWerenodeError(error) && (error.code === 'no-responder' || error.code === 'timeout')) return false
    throw error
  }
}

/** The offer as it is for this card or driver. */
export const freeFor = async (
  bus: Bus,
  offer: ConnectorOffer,
  who: Omit<Question, 'stationId'>,
): Promise<ConnectorOffer> =>
  offer.free || !(await isFreeUser(bus, { stationId: offer.stationId, ...who })) ? offer : { ...offer, free: true }
