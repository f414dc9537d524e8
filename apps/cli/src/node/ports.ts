import { createServer } from 'node:net'
import { WerenodeError } from '@werenode/core'

/** A TCP port somebody must be able to reach, and the option that moves it. */
export interface WantedPort {
  readonly what: string
  readonly port: number
  readonly host: string
  readonly option: string
}

const failureOf = (port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })

/** Says all ports that cannot be had at once, before anything is started. Port 0 is always free. */
export const assertPortsFree = async (wanted: readonly WantedPort[]): Promise<void> => {
  const doubled = wanted.find(
    ({ port }, index) => port !== 0 && wanted.findIndex((other) => other.port === port) < index,
  )
  if (doubled)
    throw new WerenodeError('invalid-input', `Port ${doubled.port} is asked for twice`, {
      hint: `Give ${doubled.what} another one with ${doubled.option}.`,
    })
  const problems = (
    await Promise.all(
      wanted
        .filter(({ port }) => port !== 0)
        .map(async (one) => ({ ...one, failure: await failureOf(one.port, one.host) })),
    )
  ).filter(({ failure }) => failure !== undefined)
  if (problems.length === 0) return
  const reason = (failure: string | undefined) =>
    failure === 'EADDRINUSE'
      ? 'is in use by another program'
      : failure === 'EACCES'
        ? 'needs more rights than you have'
        : failure === 'EADDRNOTAVAIL' || failure === 'ENOTFOUND'
          ? 'belongs to an address this machine does not have'
          : `cannot be opened (${failure})`
  throw new WerenodeError(
    'conflict',
    problems.map(({ what, port, failure }) => `Port ${port} for ${what} ${reason(failure)}`).join('; '),
    {
      hint: `Stop that program, or choose others: ${problems.map(({ option, port }) => `${option} ${port < 65_000 ? port + 10 : port - 10}`).join(' ')} (0 takes any free one).`,
    },
  )
}

/** A port to listen on: the one asked for, or for 0 a free one, so that addresses are known before anything listens. */
export const choosePort = (port: number, host: string): Promise<number> =>
  port !== 0
    ? Promise.resolve(port)
    : new Promise((resolve, reject) => {
        const server = createServer()
        server.once('error', reject)
        server.listen({ port: 0, host }, () => {
          const { port: chosen } = server.address() as { port: number }
          server.close(() => resolve(chosen))
        })
      })
