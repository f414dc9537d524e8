import { WerenodeError } from '../errors.ts'

/**
 * The tariff says something this engine does not understand (or does not dare to interpret): it is refused, never priced wrongly.
 * `data.path` is the JSON path, `data.what` the thing.
 */
export const notComputable = (path: string, what: string): WerenodeError =>
  new WerenodeError('not-computable', `The tariff cannot be computed: ${what} (at ${path})`, {
    hint: 'Show the tariff, but do not quote or charge by it; ask its owner for one made of OCPI 2.2.1 elements.',
    data: { path, what },
  })

/** The tariff is malformed at `path`. */
export const badTariff = (path: string, what: string): WerenodeError =>
  new WerenodeError('invalid-input', `The tariff is malformed at ${path}: ${what}`, {
    hint: 'Compare it with the Tariff object of OCPI 2.2.1, mod_tariffs.',
    data: { path, what },
  })

/** The session's figures cannot be priced as they are. */
export const badSession = (path: string, what: string, hint?: string): WerenodeError =>
  new WerenodeError('invalid-input', `The session cannot be priced: ${what} (at ${path})`, {
    ...(hint === undefined ? {} : { hint }),
    data: { path, what },
  })

/** The tariff is fine but cannot be turned into on-chain ceilings. */
export const notExpressible = (what: string): WerenodeError =>
  new WerenodeError('not-payable', `This tariff cannot be paid on chain: ${what}`, {
    hint: 'The price may be shown; the charge cannot be paid through the escrow.',
    data: { what },
  })
