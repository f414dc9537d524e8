interface JsonPasskeys {
  parseRequestOptionsFromJSON?(options: object): PublicKeyCredentialRequestOptions
  parseCreationOptionsFromJSON?(options: object): PublicKeyCredentialCreationOptions
}

const passkeys = (): JsonPasskeys | undefined => globalThis.PublicKeyCredential as JsonPasskeys | undefined

/** Whether this browser speaks JSON for passkeys (WebAuthn Level 3). */
export const passkeysHere = (): boolean => passkeys()?.parseRequestOptionsFromJSON !== undefined

/** The platform's answer to the node's challenge, as JSON. Throws when the person cancels. */
export const askPasskey = async (options: object): Promise<object> => {
  const publicKey = passkeys()!.parseRequestOptionsFromJSON!(options)
  const answer = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null
  if (!answer) throw new Error('No passkey was chosen.')
  return { ...answer.toJSON() }
}

/** Has the platform make a passkey for the node's options. */
export const makePasskey = async (options: object): Promise<object> => {
  const publicKey = passkeys()!.parseCreationOptionsFromJSON!(options)
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null
  if (!made) throw new Error('No passkey was made.')
  return { ...made.toJSON() }
}
