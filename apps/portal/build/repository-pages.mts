import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

const portal = join(import.meta.dirname, '..')
const docs = join(portal, '..', '..', 'docs')

interface RepositoryPage {
  /** Below `docs/` of the repository. */
  readonly from: string
  /** Below `docs/` of the portal. */
  readonly to: string
  readonly title: string
}

/** Pages of the repository that are the portal's too, and what the portal calls them. */
const single: readonly RepositoryPage[] = [
  { from: 'connect-a-plug.md', to: 'operate/connect-a-plug.md', title: 'Connect a plug' },
  { from: 'mqtt-device-profiles.md', to: 'operate/device-profile.md', title: 'Write a device profile' },
  { from: 'connect-a-station.md', to: 'operate/stations.md', title: 'Stations in full' },
  { from: 'operator-node.md', to: 'operate/operator-node.md', title: 'A node without an API' },
  { from: 'deploy.md', to: 'operate/deploy.md', title: 'Deploy' },
  { from: 'session-machine.md', to: 'understand/life-of-a-charge.md', title: 'The life of a charge' },
  { from: 'failures.md', to: 'understand/failures.md', title: 'What goes wrong' },
  { from: 'relayer.md', to: 'understand/relayer.md', title: 'The relayer' },
]

/** Folders that are taken whole. */
const folders = [
  { from: 'contracts', to: 'reference/contracts' },
  { from: 'contracts/operations', to: 'reference/contracts/operations' },
  { from: 'runbooks', to: 'operate/runbooks' },
] as const

const titleOf = (file: string): string | undefined => /^# (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]

const pagesOf = ({ from, to }: (typeof folders)[number]): readonly RepositoryPage[] => {
  const folder = join(docs, from)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({
      from: `${from}/${name}`,
      to: `${to}/${name}`,
      title: (titleOf(join(folder, name)) ?? name.replace('.md', '')).replaceAll('`', ''),
    }))
}

/** Links between files of the repository lead to where they are in the hub; the words of those that are not there stay. */
const linked = (text: string, from: string, homes: ReadonlyMap<string, string>): string =>
  text
    .replaceAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g, (_, path: string) => {
      const home = homes.get(posix.join(posix.dirname(from), path))
      return home === undefined ? ']' : `](${home})`
    })
    .replaceAll(/(`[^`\n]*`)|\[([^\]]+)\](?!\()/g, (_, code?: string, words?: string) => code ?? words ?? '')

const written = ({ from, title }: RepositoryPage, homes: ReadonlyMap<string, string>): string => {
  const text = readFileSync(join(docs, from), 'utf8')
    .replace(/^# .*\n/, '')
    // A drawing that needs a library to be drawn; the words around it say the same.
    .replaceAll(/```mermaid\n[\s\S]*?```\n/g, '')
    // What is code stays as it is: brackets mean something else there.
    .split(/(```[\s\S]*?```)/)
    .map((piece) => (piece.startsWith('```') ? piece : linked(piece, from, homes)))
    .join('')
  return `---\ntitle: ${JSON.stringify(title)}\n---\n${text}`
}

/** Writes them into the hub, from the very files that are kept with the code. */
export const writeRepositoryPages = (): void => {
  for (const { to } of folders) rmSync(join(portal, 'docs', to), { recursive: true, force: true })
  const pages = [...single, ...folders.flatMap(pagesOf)]
  const homes = new Map(pages.map(({ from, to }) => [from, `/${to}`]))
  for (const page of pages) {
    const file = join(portal, 'docs', page.to)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, written(page, homes))
  }
}
