import { WerenodeError } from '@werenode/core'
import type { Partner } from '../collections.ts'
import type { TokenForm } from '../http/authorization.ts'
import type { Peer, PeerAnswer, PeerRequest } from '../http/peer.ts'
import { versionOf } from '../versions/versions.ts'
import type { PartnerRecords } from './records.ts'

export type PartnerRequest = Omit<PeerRequest, 'token' | 'form'>

/** Requests to a partner with its token in the form it understands. */
export const createCaller = ({ peer, records }: { peer: Peer; records: PartnerRecords }) => {
  /**
   * One request. Which form of the token a partner reads is found by trying the other after a 401 (or the 500 that some answer
   * to a raw one), and kept.
   */
  const once = async (partner: Partner, request: PartnerRequest): Promise<PeerAnswer> => {
    const token = partner.theirToken
    if (token === undefined)
      throw new WerenodeError('conflict', `There is no connection with ${partner.name}`, { hint: 'Register it first.' })
    const form = partner.tokenForm ?? formOf(partner)
    const answer = await peer({ ...request, token, form })
    if (answer.ok || (answer.http !== 401 && answer.http !== 403)) return answer
    const other: TokenForm = form === 'raw' ? 'base64' : 'raw'
    const second = await peer({ ...request, token, form: other })
    if (second.http === 401 || second.http === 403 || second.http === 0) return answer
    await records.change(partner._id, (one) => ({ ...one, tokenForm: other }))
    return second
  }

  /** As `once`, with our partner record of now: its token may have been renewed meanwhile. */
  const call = async (partnerId: string, request: PartnerRequest): Promise<PeerAnswer> => {
    const answer = await once(await records.get(partnerId), request)
    if (!answer.ok && answer.trouble !== undefined)
      await records.trouble(partnerId, `${request.method} ${new URL(request.url).pathname}`, answer.trouble)
    return answer
  }
  return { once, call }
}

/** 2.1.1 sends the token as it is, later versions in Base64. */
const formOf = ({ version }: Partner): TokenForm =>
  version !== undefined && !versionOf(version).hasRoles ? 'raw' : 'base64'
