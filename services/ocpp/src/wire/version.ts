/** The WebSocket sub-protocols we speak, in IANA's spelling. */
export const ocppVersions = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const
export type OcppVersion = (typeof ocppVersions)[number]

/** The version a station means by a sub-protocol name; some write `OCPP1.6` or pad it with blanks. */
export const versionNamed = (name: string): OcppVersion | undefined =>
  ocppVersions.find((version) => version === name.trim().toLowerCase())
