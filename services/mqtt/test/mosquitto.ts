import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'

/** Debian's mosquitto where it is installed (`MOSQUITTO_PATH` names another place). */
export const mosquittoPath = [process.env.MOSQUITTO_PATH, '/usr/sbin/mosquitto'].find(
  (path) => path !== undefined && existsSync(path),
)
export const whySkipped = 'mosquitto is not installed (apt-get install mosquitto)'

/** A broker of a test's own. */
export interface TestBroker {
  readonly url: string
  close(): Promise<void>
}

export interface Mosquitto extends TestBroker {
  kill(): Promise<void>
  start(): Promise<void>
}

/** A broker of its own on a free port. With users, nobody else is let in and the access list holds. */
export const openMosquitto = async (
  options: {
    users?: Readonly<Record<string, string>>
    acl?: string
    /** TLS with client certificates, whose common names are the user names. */
    tls?: { readonly caFile: string; readonly certFile: string; readonly keyFile: string }
  } = {},
): Promise<Mosquitto> => {
  const { tls } = options
  const port = await getPort({ host: '127.0.0.1' })
  const folder = mkdtempSync(join(tmpdir(), 'werenode-mosquitto-'))
  const passwords = join(folder, 'passwords')
  if (options.users) {
    writeFileSync(
      passwords,
      Object.entries(options.users)
        .map(([name, password]) => `${name}:${password}\n`)
        .join(''),
    )
    const tool = process.env.MOSQUITTO_PATH?.replace(/sbin\/mosquitto$/, 'bin/mosquitto_passwd') ?? 'mosquitto_passwd'
    const done = spawnSync(tool, ['-U', passwords])
    if (done.status !== 0) throw new Error(`mosquitto_passwd failed: ${done.stderr ?? done.error?.message}`)
  }
  if (options.acl !== undefined) writeFileSync(join(folder, 'acl'), `${options.acl}\n`)
  writeFileSync(
    join(folder, 'mosquitto.conf'),
    [
      `listener ${port} 127.0.0.1`,
      `allow_anonymous ${options.users === undefined && !tls}`,
      ...(tls
        ? [
            `cafile ${tls.caFile}`,
            `certfile ${tls.certFile}`,
            `keyfile ${tls.keyFile}`,
            'require_certificate true',
            'use_identity_as_username true',
          ]
        : []),
      ...(options.users ? [`password_file ${passwords}`] : []),
      ...(options.acl === undefined ? [] : [`acl_file ${join(folder, 'acl')}`]),
      `user ${process.env.USER ?? 'root'}`,
    ].join('\n'),
  )
  let child: ReturnType<typeof spawn> | undefined
  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const mine = spawn(mosquittoPath!, ['-c', join(folder, 'mosquitto.conf')], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      child = mine
      let said = ''
      mine.stderr!.on('data', (chunk) => {
        said += chunk
        if (said.includes('running')) resolve()
      })
      mine.once('exit', (code) => reject(new Error(`mosquitto ended with ${code}: ${said}`)))
    })
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      const mine = child
      if (!mine || mine.exitCode !== null || mine.signalCode !== null) return resolve()
      mine.once('exit', () => resolve())
      mine.kill('SIGKILL')
    })
  await start()
  return {
    url: `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
    start,
    kill,
    close: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
