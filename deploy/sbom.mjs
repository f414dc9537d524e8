// Writes what is inside the image as CycloneDX 1.5: every package that was installed, with version and licence, read from the packages.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = process.argv[2] ?? '.'
const store = join(root, 'node_modules', '.pnpm')
const found = new Map()

const read = (folder) => {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return
  const { name, version, license } = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof name !== 'string' || typeof version !== 'string') return
  const id = typeof license === 'string' ? license : undefined
  found.set(`${name}@${version}`, {
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(id === undefined ? {} : { licenses: [{ expression: id }] }),
  })
}

for (const entry of readdirSync(store)) {
  const modules = join(store, entry, 'node_modules')
  if (!existsSync(modules)) continue
  for (const name of readdirSync(modules)) {
    if (name.startsWith('.')) continue
    if (!name.startsWith('@')) read(join(modules, name))
    else for (const scoped of readdirSync(join(modules, name))) read(join(modules, name, scoped))
  }
}

const components = [...found.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1))
const digest = createHash('sha256')
  .update(components.map(({ purl }) => purl).join('\n'))
  .digest('hex')
const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`
process.stdout.write(
  `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber: `urn:uuid:${uuid}`, version: 1, metadata: { component: { type: 'application', name: 'werenode', version: '0.1.0' } }, components }, null, 1)}\n`,
)
