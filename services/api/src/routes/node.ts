import { access } from '../contract/access.ts'
import type { Handlers } from '../http/handler.ts'
import { apiVersion, openApiDocument } from '../openapi/document.ts'

export const nodeRoutes = (deps: {
  origin: string
  domain: string
  chainId: number
  links: Readonly<Record<string, string>>
}): Pick<Handlers, 'discover' | 'getOpenApi'> => {
  const document = openApiDocument()
  const at = (path: string): string => `${deps.origin}${path}`
  return {
    discover: async () => ({
      name: 'Werenode',
      version: apiVersion,
      origin: deps.origin,
      openapi: at(access.getOpenApi.path),
      signIn: {
        siwe: { nonce: at(access.createSiweNonce.path), domain: deps.domain, chainId: deps.chainId },
        refresh: at(access.refreshLogin.path),
      },
      links: {
        locations: at(access.listLocations.path),
        quotes: at(access.createQuote.path),
        sessions: at(access.openSession.path),
        network: at(access.getNetwork.path),
        ...deps.links,
      },
    }),
    getOpenApi: async () => document,
  }
}
