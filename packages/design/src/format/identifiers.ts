/**
 * An EVSE id as people read it: upper case, with the separators eMI3 leaves out at will. `frwrne0000011` -> `FR*WRN*E0000011`.
 * What does not look like one is shown as it came. Compare ids by core's `evseKey`, never by this.
 */
export const formatEvseId = (id: string): string => {
  const upper = id.trim().toUpperCase()
  if (/^[A-Z]{2}\*[A-Z0-9]{3}\*E/.test(upper)) return upper
  const match = /^([A-Z]{2})[*-]?([A-Z0-9]{3})[*-]?(E[A-Z0-9*]{1,30})$/.exec(upper)
  return match === null ? id : `${match[1]}*${match[2]}*${match[3]}`
}

/** The part of an EVSE id that differs within one operator: `E000001*1`. */
export const shortEvseId = (id: string): string => formatEvseId(id).replace(/^[A-Z]{2}\*[A-Z0-9]{3}\*/, '')

/** An address, session id or transaction hash, shortened for the eye: `0x12ab…90ef`. Copy buttons copy the whole. */
export const shortHex = (hex: string): string =>
  /^0x[0-9a-f]{13,}$/i.test(hex) ? `${hex.slice(0, 6)}…${hex.slice(-4)}` : hex
