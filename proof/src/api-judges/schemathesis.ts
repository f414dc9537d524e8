import { spawn } from 'node:child_process'

export interface FuzzResult {
  readonly exitCode: number | null
  readonly operations: number
  readonly cases: number
  /** What schemathesis itself says of what it found. */
  readonly findings: string
}

/** Sends what the OpenAPI document allows, and what it does not, to a running node; a 5xx is a finding. */
export const fuzz = async (wish: {
  program: string
  origin: string
  tokens: readonly string[]
  maxExamples: number
  /** Operations that would end the callers themselves, or never answer. */
  leaveOut: string
  seed: number
}): Promise<FuzzResult> => {
  const { program, origin, tokens, maxExamples, leaveOut, seed } = wish
  const child = spawn(
    program,
    [
      'run',
      `${origin}/openapi.json`,
      ...['--checks', 'not_a_server_error', '--phases', 'coverage,fuzzing', '--workers', '2'],
      ...['--max-examples', String(maxExamples), '--seed', String(seed), '--generation-database', 'none'],
      ...['--exclude-operation-id-regex', leaveOut, '--request-timeout', '60', '--no-color', '--continue-on-failure'],
      ...['--suppress-health-check', 'all', '--warnings', 'off', '--output-truncate', 'true'],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        SCHEMATHESIS_HOOKS: 'hooks',
        PYTHONPATH: import.meta.dirname,
        WERENODE_TOKENS: tokens.join(','),
      },
    },
  )
  let said = ''
  const read = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-400_000)
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  const exitCode = await new Promise<number | null>((done) => child.once('exit', done))
  const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1]?.replaceAll(',', '') ?? 0)
  return {
    exitCode,
    operations: number(/Tested:\s+([\d,]+)/) || number(/([\d,]+) selected/),
    cases: number(/([\d,]+) generated/),
    findings: said,
  }
}
