import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMongoStore } from '@werenode/store/mongo'
import { howToEquip, mongoEquipment, startTestServer } from '@werenode/store/testing'
import { atLeast, EquipmentMissing, equals, type Proof, told } from './figures.ts'

const repository = join(import.meta.dirname, '..', '..')

interface Results {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** The store's whole contract suite, and with --long the copies of stores, against a server that speaks MongoDB's language. */
const mongo: Proof = async ({ long, report }) => {
  if (mongoEquipment() === undefined) throw new EquipmentMissing(howToEquip)
  const server = await startTestServer()
  const store = await openMongoStore({ url: server.url(`werenode_hello_${process.pid}`) })
  const { version, other } = store.server
  await store.close()
  await server.stop()
  report(`the server says MongoDB ${version}${other === undefined ? '' : `, and that it is ${other}`}`)
  const folder = mkdtempSync(join(tmpdir(), 'werenode-proof-mongo-'))
  const file = join(folder, 'results.json')
  try {
    await new Promise<void>((resolve, reject) => {
      const vitest = join(repository, 'tools', 'node_modules', 'vitest', 'vitest.mjs')
      const names = long ? [] : ['-t', 'documents|words|time series|sorting|killed']
      const args = [
        'run',
        'src/mongo',
        ...(long ? ['src/copy'] : []),
        '--hookTimeout',
        '60000',
        '--testTimeout',
        '300000',
        '--reporter',
        'json',
        '--outputFile',
        file,
        ...names,
      ]
      const child = spawn(process.execPath, [vitest, ...args], {
        cwd: join(repository, 'packages', 'store'),
        env: { ...process.env, WERENODE_TEST_MONGO: '1' },
        stdio: 'ignore',
      })
      child.once('error', reject)
      child.once('exit', () => resolve())
    })
    const results = JSON.parse(readFileSync(file, 'utf8')) as Results
    for (const { fullName, status } of results.testResults.flatMap(({ assertionResults }) => assertionResults))
      if (status === 'failed') report(`FAILED ${fullName}`)
    return {
      server: told(other === undefined ? `mongod ${version}` : `${other}, speaking MongoDB ${version}; not mongod`),
      passed: atLeast(results.numPassedTests, long ? 38 : 15),
      failed: equals(results.numFailedTests, 0),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export default mongo
