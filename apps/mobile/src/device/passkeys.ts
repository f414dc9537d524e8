/** On devices passkeys are the sign-in page's: the system browser holds them, and no module of the app needs to. */
export const passkeysHere = (): boolean => false
export const askPasskey = async (_options: object): Promise<object> => {
  throw new Error('Passkeys are used on the sign-in page here.')
}
export const makePasskey = askPasskey
