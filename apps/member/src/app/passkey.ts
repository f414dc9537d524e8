import { WerenodeError } from '@werenode/core'

/** Browsers that speak JSON for passkeys (WebAuthn Level 3). */
interface JsonCredentials {
  parseCreationOptionsFromJSON?(options: object): PublicKeyCredentialCreationOptions
}

/** Has the platform make a passkey for the node's options; gives its answer as JSON. */
export const createPasskey = async (options: object): Promise<Record<string, unknown>> => {
  const parse = (globalThis.PublicKeyCredential as JsonCredentials | undefined)?.parseCreationOptionsFromJSON
  if (!parse)
    throw new WerenodeError('not-acceptable', 'This browser cannot make passkeys here', {
      hint: 'Use a newer browser.',
    })
  const made = (await navigator.credentials.create({
    publicKey: parse.call(globalThis.PublicKeyCredential, options),
  })) as PublicKeyCredential | null
  if (!made) throw new WerenodeError('not-allowed', 'No passkey was made', { hint: 'Try again.' })
  return { ...made.toJSON() }
}
