/** What a wallet is kept as: a phrase, or a key that was brought in. */
export type Secret = { readonly phrase: string } | { readonly key: `0x${string}` }

/** Where the secret of the wallet lies. There is one. */
export interface Vault {
  /** `pin`: the person's own code opens it; `device`: the device knows its owner. */
  readonly guard: 'pin' | 'device'
  /** Puts the secret in, in the place of any before. `pin` where the guard asks one. Throws where no secret can be kept. */
  keep(secret: Secret, pin?: string): Promise<void>
  /** Takes it out. Undefined when the person did not prove who they are. Throws when there is none. */
  open(reason: string, pin?: string): Promise<Secret | undefined>
  forget(): Promise<void>
}
