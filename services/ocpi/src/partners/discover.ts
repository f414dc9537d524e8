import type { TokenForm } from '../http/authorization.ts'
import type { Peer, PeerAnswer } from '../http/peer.ts'
import { accept } from '../schema/accept.ts'
import {
  detailsAnswer,
  type Endpoint,
  endpointOf,
  type VersionNumber,
  versionNumbers,
  versionsAnswer,
} from '../versions/versions.ts'

/** What a partner's versions endpoint told us. */
export interface Discovered {
  readonly version: VersionNumber
  readonly endpoints: readonly Endpoint[]
  readonly form: TokenForm
}

/** Why a partner cannot be used, with OCPI's code for it (status_codes, 3xxx). */
export class CannotUse extends Error {
  readonly status: 3001 | 3002 | 3003
  constructor(status: 3001 | 3002 | 3003, message: string) {
    super(message)
    this.name = 'CannotUse'
    this.status = status
  }
}

/**
 * version_information_endpoint: asks for the versions, takes the best both speak (or `wanted`), asks for its endpoints.
 * @throws CannotUse 3001 not reachable or not OCPI, 3002 no common version, 3003 endpoints missing.
 */
export const discover = async (
  peer: Peer,
  ask: { url: string; token: string; forms?: readonly TokenForm[]; wanted?: readonly VersionNumber[] },
): Promise<Discovered> => {
  const { url, token, forms = ['base64', 'raw'], wanted = versionNumbers } = ask
  const { answer, form } = await tryForms(peer, url, token, forms)
  const offered = listIn(answer.data).flatMap((item) => {
    const read = accept(versionsAnswer, item)
    return read.ok ? [read.value] : []
  })
  const version = wanted.find((number) => offered.some((one) => one.version.trim() === number))
  if (version === undefined)
    throw new CannotUse(
      3002,
      `${url} offers ${offered.map((one) => one.version).join(', ') || 'no version'}; wanted is ${wanted.join(' or ')}`,
    )
  const detailsUrl = offered.find((one) => one.version.trim() === version)!.url
  // One is seen that reads the token encoded at its versions and raw, as 2.1.1 has it, everywhere else.
  const { answer: details, form: usedForm } = await tryForms(peer, detailsUrl, token, [
    form,
    ...forms.filter((one) => one !== form),
  ])
  const read = accept(detailsAnswer, details.data)
  if (!read.ok)
    throw new CannotUse(3001, `The version details at ${detailsUrl} cannot be read: ${read.what} at ${read.path}`)
  const endpoints = read.value.endpoints.filter((endpoint) => URL.canParse(endpoint.url))
  if (endpointOf(endpoints, 'credentials', 'RECEIVER') === undefined)
    throw new CannotUse(3003, `${detailsUrl} lists no credentials endpoint`)
  return { version, endpoints, form: usedForm }
}

const tryForms = async (peer: Peer, url: string, token: string, forms: readonly TokenForm[]) => {
  let last: PeerAnswer | undefined
  for (const form of forms) {
    const answer = await peer({ method: 'GET', url, token, form })
    if (answer.ok) return { answer, form }
    last = answer
    // Only a 4xx may be about the form of the token; IZIVIA answers 500 to a raw one.
    if (answer.http < 400 || answer.http === 404) break
  }
  throw new CannotUse(3001, last?.trouble ?? `${url} gave no answer`)
}

/** A partner was seen that answers one version without a list around it. */
const listIn = (data: unknown): readonly unknown[] => (Array.isArray(data) ? data : data === undefined ? [] : [data])
