import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const portal = join(import.meta.dirname, '..')
const docs = join(portal, '..', '..', 'docs')

/** Pages of the repository that are the portal's too, and what the portal calls them. */
const pages = [
  { from: 'connect-a-plug.md', to: 'operate/connect-a-plug.md', title: 'Connect a plug' },
  { from: 'mqtt-device-profiles.md', to: 'operate/device-profile.md', title: 'Write a device profile' },
  { from: 'session-machine.md', to: 'understand/life-of-a-charge.md', title: 'The life of a charge' },
  { from: 'failures.md', to: 'understand/failures.md', title: 'What goes wrong' },
  { from: 'relayer.md', to: 'understand/relayer.md', title: 'The relayer' },
] as const
const homes = new Map<string, string>(pages.map(({ from, to }) => [from, `/${to}`]))

const page = (file: string, title: string): string => {
  const text = readFileSync(file, 'utf8')
    .replace(/^# .*\n/, '')
    // A drawing that needs a library to be drawn; the words around it say the same.
    .replaceAll(/```mermaid\n[\s\S]*?```\n/g, '')
    .replaceAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g, (link, path: string) => {
      const home = homes.get(path.replace(/^\.\//, ''))
      return home === undefined ? ']' : `](${home})`
    })
    .replaceAll(/\[([^\]]+)\](?!\()/g, '$1')
  return `---\ntitle: ${JSON.stringify(title)}\n---\n${text}`
}

/** Writes them into the hub, from the very files that are kept with the code. */
export const writeRepositoryPages = (): void => {
  for (const { from, to, title } of pages) {
    mkdirSync(dirname(join(portal, 'docs', to)), { recursive: true })
    writeFileSync(join(portal, 'docs', to), page(join(docs, from), title))
  }
  const contracts = join(docs, 'contracts')
  const folder = join(portal, 'docs', 'reference', 'contracts')
  rmSync(folder, { recursive: true, force: true })
  if (!existsSync(contracts)) return
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(contracts).filter((file) => file.endsWith('.md'))) {
    const file = join(contracts, name)
    const title = /^# (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? name.replace('.md', '')
    writeFileSync(join(folder, name), page(file, title))
  }
}
