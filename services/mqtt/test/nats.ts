import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import type { TestBroker } from './mosquitto.ts'

/** Debian's nats-server where it is installed (`NATS_PATH` names another place). */
export const natsPath = [process.env.NATS_PATH, '/usr/sbin/nats-server', '/usr/local/bin/nats-server'].find(
  (path) => path !== undefined && existsSync(path),
)
export const whyNoNats = 'nats-server is not installed (apt-get install nats-server)'

/** NATS with its MQTT listener on a free port; what it keeps, it keeps in a folder of its own. */
export const openNats = async (): Promise<TestBroker> => {
  const port = await getPort({ host: '127.0.0.1' })
  const folder = mkdtempSync(join(tmpdir(), 'werenode-nats-'))
  writeFileSync(
    join(folder, 'nats.conf'),
    `server_name: test\nlisten: "127.0.0.1:-1"\njetstream { store_dir: "${folder}/store" }\nmqtt { host: 127.0.0.1, port: ${port} }\n`,
  )
  const child = spawn(natsPath!, ['-c', join(folder, 'nats.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
      if (said.includes('Server is ready')) resolve()
    })
    void gone.then(() => reject(new Error(`nats-server ended: ${said}`)))
  })
  return {
    url: `mqtt://127.0.0.1:${port}`,
    close: async () => {
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
