import { isWerenodeError, WerenodeError } from '@werenode/core'

/** Nobody who speaks for the chain means, to a driver, that the chain is away. */
export const chainOrWords = async <T>(asked: Promise<T>): Promise<T> => {
  try {
    return await asked
  } catch (cause) {
    if (!isWerenodeError(cause) || (cause.code !== 'no-responder' && cause.code !== 'timeout')) throw cause
    throw new WerenodeError('chain-unavailable', 'The chain cannot be reached just now', {
      hint: 'Charging sessions go on. Try again in a minute.',
      cause,
    })
  }
}
