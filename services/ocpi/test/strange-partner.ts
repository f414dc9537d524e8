import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}
export interface Reply {
  readonly http?: number
  readonly headers?: Record<string, string>
  /** Sent as it is. */
  readonly text?: string
  /** Wrapped like an OCPI answer. */
  readonly data?: unknown
  readonly status?: number
}
type Behaviour = (asked: Asked) => Reply | undefined | Promise<Reply | undefined>

/** A partner over real HTTP that registers like anybody else and otherwise does what a test tells it. */
export const startStrangePartner = async (version = '2.2.1') => {
  const asked: Asked[] = []
  let behaviour: Behaviour = () => undefined
  let theirToken = 'token-A'
  let ourToken: string | undefined

  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const base = `${origin}/ocpi/${version}`

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url!, origin)
    const text = Buffer.concat(chunks).toString('utf8')
    const one: Asked = {
      method: request.method!,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    asked.push(one)
    const reply = (await behaviour(one)) ?? usual(one)
    const { http = 200, headers = {}, status = 1000, data } = reply
    response.writeHead(http, { 'content-type': 'application/json', ...headers })
    response.end(
      reply.text ??
        JSON.stringify({
          ...(data === undefined ? {} : { data }),
          status_code: status,
          timestamp: new Date().toISOString(),
        }),
    )
  }

  const usual = ({ path, method, body }: Asked): Reply => {
    if (path === '/ocpi/versions') return { data: [{ version, url: base }] }
    if (path === `/ocpi/${version}`) return { data: { version, endpoints: partner.endpoints } }
    if (path.endsWith('/credentials') && method !== 'DELETE') {
      ourToken = (body as { token: string }).token
      theirToken = 'token-C'
      return { data: partner.credentials() }
    }
    return {}
  }

  const partner = {
    origin,
    versionsUrl: `${origin}/ocpi/versions`,
    asked,
    /** Without role where the version has none. */
    endpoints: ['credentials', 'locations', 'tariffs', 'sessions', 'cdrs', 'tokens', 'commands'].flatMap((identifier) =>
      (['SENDER', 'RECEIVER'] as const).map((role) => ({
        identifier,
        role,
        url: `${base}/${role.toLowerCase()}/${identifier}`,
      })),
    ) as { identifier: string; role?: string; url: string }[],
    credentials: (token = theirToken): object => ({
      token,
      url: `${origin}/ocpi/versions`,
      roles: (['CPO', 'EMSP'] as const).map((role) => ({
        role,
        party_id: 'ABC',
        country_code: 'DE',
        business_details: { name: 'Strange' },
      })),
    }),
    behave: (next: Behaviour): void => {
      behaviour = next
    },
    /** The token by which it enters at our door. */
    token: (): string => ourToken!,
    setToken: (token: string): void => {
      ourToken = token
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return partner
}
export type StrangePartner = Awaited<ReturnType<typeof startStrangePartner>>
