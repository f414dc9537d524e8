/** Where a node asks for ISO 15118 contract certificates. */
export interface ContractPool {
  readonly url: string
  readonly token?: string
}

/** Empty without an address: cars are then told that no contract can be had. */
export const contractPoolOf = (
  url: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): { readonly contractPool?: ContractPool } => {
  const { WERENODE_CONTRACT_POOL_TOKEN: token } = env
  return url === undefined ? {} : { contractPool: { url, ...(token ? { token } : {}) } }
}
