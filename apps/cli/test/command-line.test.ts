import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '..', 'src', 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'werenode-command-line-'))
const data = join(folder, 'data')
const key = join(folder, 'driver', 'key.json')
const anyPorts = ['--port', '0', '--ocpp-port', '0', '--mqtt-port', '0', '--rpc-port', '0', '--admin-port', '0']
const children = new Set<ChildProcess>()

interface Running {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

const werenode = (...args: readonly string[]): Running => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  })
  children.add(child)
  let text = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  void ended.then(() => children.delete(child))
  return { child, output: () => text, ended }
}

const toTheEnd = async (...args: readonly string[]): Promise<{ code: number | null; output: string }> => {
  const { ended, output } = werenode(...args)
  const code = await ended
  return { code, output: output() }
}

const startServer = async (): Promise<Running> => {
  const server = werenode('start', '--data', data, '--no-import', ...anyPorts)
  await Promise.race([
    server.ended.then(() => {
      throw new Error(`The server ended before it was ready:\n${server.output()}`)
    }),
    (async () => {
      while (!server.output().includes('Werenode is ready')) await new Promise((resolve) => setTimeout(resolve, 50))
    })(),
  ])
  return server
}

const driver = ['--data', data, '--key', key]
/** `25.000000 EUR` of a line as micro-euro. */
const microOf = (output: string, name: string): bigint => {
  const match = new RegExp(`${name}\\s+(\\d+)\\.(\\d{6}).EUR`).exec(output)
  if (match === null) throw new Error(`"${name}" is not in:\n${output}`)
  return BigInt(`${match[1]}${match[2]}`)
}

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

describe('the command line', { timeout: 180_000 }, () => {
  it('says what to do when no server runs', async () => {
    const { code, output } = await toTheEnd('stations', ...driver)
    expect(code).toBe(1)
    expect(output).toContain('npm start')
    expect(output).not.toMatch(/\n {4}at /)
  })

  it('charges a car, stops on Ctrl-C, and shows the same charge after a restart', async () => {
    const server = await startServer()

    const charged = await toTheEnd('charge', 'frwrne000001', '--kwh', '0.05', '--yes', ...driver)
    expect(charged.output).toMatch(/0\.54.EUR per kWh/)
    expect(charged.output).toContain('co-signed')
    expect(charged.code).toBe(0)
    const paid = microOf(charged.output, 'Paid')
    expect(paid).toBeGreaterThan(0n)
    expect(paid).toBe(microOf(charged.output, 'Cost'))
    expect(paid + microOf(charged.output, 'Returned')).toBe(25_000_000n)
    expect(microOf(charged.output, 'Credit now')).toBe(100_000_000n - paid)

    // Who runs the node works for the demo party, and lets others in.
    const colleague = '0x00000000000000000000000000000000000000c0'
    const desk = async (...words: string[]) => (await toTheEnd('party', ...words, '--data', data)).output
    await desk('member', 'FR*WRN', colleague, 'stations:read')
    const members = await desk('members', 'FR*WRN')
    expect(members).toMatch(/^0x\w{40} {2}catalogue:write.*party:write$/m)
    expect(members).toContain(`${colleague}  stations:read`)

    const second = await toTheEnd('start', '--data', data, ...anyPorts)
    expect(second.code).toBe(1)
    expect(second.output).toContain('already runs on these data')

    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(server.output()).toContain('Stopped')
    expect(server.output()).not.toContain('did not stop in order')

    const again = await startServer()
    const id = /0x[0-9a-f]{8}/.exec((await toTheEnd('sessions', ...driver)).output)?.[0]
    const shown = await toTheEnd('session', id!, ...driver)
    expect(shown.code).toBe(0)
    expect(microOf(shown.output, 'Paid')).toBe(paid)
    again.child.kill('SIGTERM')
    expect(await again.ended).toBe(0)
  })

  it('refuses a folder that is not its own', async () => {
    const { code, output } = await toTheEnd('start', '--data', import.meta.dirname, ...anyPorts)
    expect(code).toBe(1)
    expect(output).toContain("holds files that are not Werenode's")
  })

  it('names the commands for one that does not exist', async () => {
    const { code, output } = await toTheEnd('chrage')
    expect(code).toBe(1)
    expect(output).toContain('charge')
  })
})
