import { WerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { ContractCertificates, OcspRequest } from './contracts.ts'

/** The gateway to a mobility operator's certificate pool. */
export interface ContractPoolOptions {
  /** `https://…`; the two paths below are added to it. */
  readonly url: string
  /** Sent as bearer token. */
  readonly token?: string
  readonly log: Logger
  /** How long it may take. Default 20 s: a car waits 60 at most (ISO 15118-2 V2G2-714). */
  readonly timeoutMs?: number
}

type Standing = 'Good' | 'Revoked' | 'Unknown'
const standings: readonly unknown[] = ['Good', 'Revoked', 'Unknown'] satisfies Standing[]

/** An EXI message of ISO 15118 has at most 5,600 letters in 2.0.1 and 17,000 in 2.1; an OCSP response 18,000. */
const longestText = 20_000

/**
 * A certificate pool behind two requests in JSON: `POST /ev-certificate` with `{ stationId, schemaVersion, action, exiRequest }`, answered
 * `{ status, exiResponse }`, and `POST /certificate-status` with the members of an OCSPRequestData, answered
 * `{ standing, ocspResponse? }` (DER in base64). What a car says passes through unread. A pool that is away, slow or answers something
 * else is a pool without an answer: the car is told so, and nothing is taken for good.
 */
export const contractPoolOverHttp = ({
  url,
  token,
  log,
  timeoutMs = 20_000,
}: ContractPoolOptions): ContractCertificates => {
  const base = baseOf(url)

  const ask = async (path: string, question: object): Promise<Readonly<Record<string, unknown>>> => {
    try {
      const answer = await fetch(new URL(path, base), {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(question),
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (!answer.ok) throw new Error(`it answered ${answer.status}`)
      const told: unknown = await answer.json()
      if (typeof told === 'object' && told !== null) return told as Readonly<Record<string, unknown>>
      throw new Error('its answer is no JSON object')
    } catch (error) {
      log.warn({ path, why: (error as Error).message }, 'The certificate pool gave no answer')
      return {}
    }
  }
  const statusOf = (request: OcspRequest) => ask('certificate-status', request)
  const textIn = (value: unknown): string | undefined =>
    typeof value === 'string' && value.length > 0 && value.length <= longestText ? value : undefined

  return {
    evCertificate: async (request) => {
      const { status, exiResponse } = await ask('ev-certificate', request)
      const response = textIn(exiResponse)
      // A refusal may come with a response for the car as well.
      if (status === 'Accepted' && response !== undefined) return { status, exiResponse: response }
      return { status: 'Failed', exiResponse: response ?? '' }
    },
    certificateStatus: async (request) => textIn((await statusOf(request)).ocspResponse),
    standing: async (request) => {
      const { standing } = await statusOf(request)
      return standings.includes(standing) ? (standing as Standing) : undefined
    },
  }
}

const baseOf = (url: string): URL => {
  const base = URL.canParse(url) ? new URL(url.endsWith('/') ? url : `${url}/`) : undefined
  if (base && (base.protocol === 'https:' || base.protocol === 'http:') && !base.username) return base
  throw new WerenodeError('invalid-input', `"${url.slice(0, 100)}" is no address of a certificate pool`, {
    hint: 'Give an https:// address without a password in it.',
  })
}
