import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atLeast, equals, type Figures, told } from '../figures.ts'
import { openServer } from '../portal/server.ts'
import { pythonWith } from './python.ts'
import { fuzz } from './schemathesis.ts'
import { tokenOf } from './tokens.ts'

/** Ends its caller, or never answers. */
const leaveOut = '^(stream.*|signOut|signOutEverywhere|eraseAccount|eraseOnPage|unlinkWallet)$'
const drivers = 12
const seed = 20_261_122

/** Property-based fuzzing of a whole running node by its own OpenAPI document: nothing that is sent makes it fail. */
export const fuzzNode = async (
  tools: string,
  report: (text: string) => void,
  maxExamples: number,
): Promise<Figures> => {
  const program = join(pythonWith(tools, ['schemathesis==4.32.5'], report), 'schemathesis')
  const folder = await mkdtemp(join(tmpdir(), 'werenode-fuzz-'))
  process.env.WERENODE_TRUST_PROXY = '127.0.0.1,::1'
  const server = await openServer(folder)
  try {
    const tokens = [await tokenOf(server.origin, server.operatorKey())]
    while (tokens.length < drivers) tokens.push(await tokenOf(server.origin))
    report(`fuzzes ${server.origin} as ${drivers} callers, ${maxExamples} examples an operation`)
    const { exitCode, operations, cases, findings } = await fuzz({
      program,
      origin: server.origin,
      tokens,
      maxExamples,
      leaveOut,
      seed,
    })
    const failures = new Set(
      [...findings.matchAll(/^_+ ((?:GET|PUT|POST|PATCH|DELETE) \/\S*) _+$/gm)].map((match) => match[1]!),
    )
    for (const line of findings.split('\n').slice(-80)) report(line)
    return {
      'schemathesis: operations': atLeast(operations, 100),
      'schemathesis: requests': told(cases),
      'schemathesis: operations that answered 5xx': equals(failures.size, 0),
      'schemathesis: exit code': equals(exitCode ?? -1, 0),
    }
  } finally {
    delete process.env.WERENODE_TRUST_PROXY
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
