import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { WerenodeError } from '@werenode/core'

/** Addresses that are of this machine, this network, or of nobody: somebody who names one wants us to reach what they cannot. */
const inward = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inward.addSubnet(network, prefix, 'ipv4')
/** Of IPv6 only what is routed at all may be reached, less tunnels that lead back into IPv4. */
const outward6 = new BlockList()
outward6.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  inward.addSubnet(network, prefix, 'ipv6')

export const isInward = (address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  switch (isIP(plain)) {
    case 4:
      return inward.check(plain, 'ipv4')
    case 6:
      return !outward6.check(plain, 'ipv6') || inward.check(plain, 'ipv6')
    default:
      return true
  }
}

export interface SafePostOptions {
  /** For a laptop and for tests: `http:` and this machine's own addresses, too. */
  readonly allowInward?: boolean
  readonly timeoutMs?: number
}
export interface Posted {
  readonly status: number
  readonly body: string
}

const mostAnswer = 16_384

/** Throws `invalid-input` for an address no stranger may make us call. */
export const mustBeOutward = (text: string, { allowInward = false }: SafePostOptions = {}): URL => {
  const refuse = (why: string): WerenodeError =>
    new WerenodeError('invalid-input', `This address cannot be called: ${why}`, {
      hint: 'Give a public https address.',
    })
  if (!URL.canParse(text)) throw refuse('it is no URL')
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (url.username !== '' || url.password !== '') throw refuse('it holds a password')
  if (allowInward && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  if (url.protocol !== 'https:') throw refuse('it is not https')
  if (isIP(host) !== 0 && isInward(host)) throw refuse('it is inside a network')
  if (isIP(host) === 0 && (!host.includes('.') || /\.(local|internal|localhost|home\.arpa)$/i.test(host)))
    throw refuse('its name is local')
  return url
}

/**
 * Posts to an address that a stranger gave. The name is resolved once and the very address that was judged is connected to, so a name
 * that answers differently the second time gains nothing; redirects are not followed; time and answer are limited.
 */
export const safePost = (
  text: string,
  request: { readonly headers: Readonly<Record<string, string | number>>; readonly body: string | Uint8Array },
  options: SafePostOptions = {},
): Promise<Posted> =>
  new Promise((resolve, reject) => {
    const url = mustBeOutward(text, options)
    const judged: LookupFunction = (hostname, wanted, done) => {
      lookup(hostname, { ...wanted, all: true }, (error, addresses) => {
        if (error) return done(error, '', 0)
        const good = options.allowInward ? addresses : addresses.filter(({ address }) => !isInward(address))
        const [first] = good
        if (!first) return done(new Error(`${hostname} leads into a network`), '', 0)
        if (wanted.all) return (done as unknown as (error: null, all: typeof good) => void)(null, good)
        return done(null, first.address, first.family)
      })
    }
    const { request: open } = url.protocol === 'https:' ? https : http
    const outgoing = open(
      url,
      {
        method: 'POST',
        headers: { ...request.headers, 'content-length': Buffer.byteLength(request.body) },
        lookup: judged,
        agent: false,
        signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
      },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => {
          if (body.length < mostAnswer) body += chunk
          else answer.destroy()
        })
        answer.on('close', () => resolve({ status: answer.statusCode ?? 0, body: body.slice(0, mostAnswer) }))
        answer.on('error', () => undefined)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(request.body)
  })
