import type { ChainAddresses, DeploymentFile } from '@werenode/chain'

/** `deployment.json` as the app works with it. */
export type Deployment = Omit<DeploymentFile, 'addresses'> & { readonly addresses: ChainAddresses }

export const parseDeployment = ({ addresses, ...rest }: DeploymentFile): Deployment => ({
  ...rest,
  addresses: { ...addresses, fromBlock: BigInt(addresses.fromBlock) },
})

/** Reads it from beside the page: a relative address, so that the app works below any path and on IPFS. */
export const loadDeployment = async (): Promise<Deployment> => {
  const answer = await fetch('./deployment.json', { cache: 'no-cache' })
  if (!answer.ok) throw new Error(`deployment.json: ${answer.status}`)
  return parseDeployment((await answer.json()) as DeploymentFile)
}
