// Brings Node 24 and pnpm into .werenode/tools, from npm, by committed lock files with integrity hashes.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diagnose } from './diagnosis.mjs'
import { assertNotInterrupted, downloadEnv, runQuietly } from './process.mjs'
import { readStamp, stampOf, writeStamp } from './stamp.mjs'
import { step, Trouble } from './words.mjs'

const manifests = join(dirname(fileURLToPath(import.meta.url)), '..', 'tools')
const platform = `${process.platform}-${process.arch}`
const glibcLoader = { 'linux-x64': '/lib64/ld-linux-x86-64.so.2', 'linux-arm64': '/lib/ld-linux-aarch64.so.1' }[
  platform
]
/** Platforms whose Node and pnpm come from npm packages (they need glibc); elsewhere the person's own are used. */
const served = glibcLoader !== undefined && existsSync(glibcLoader)

/** Manifest and lock of a tool for this platform. One each, because npm keeps quiet when an optional package cannot be fetched. */
const manifestOf = (tool) => join(manifests, `${tool}-${platform}`)
const versionOf = (tool) =>
  Object.values(JSON.parse(readFileSync(join(manifests, `${tool}-linux-x64`, 'package.json'), 'utf8')).dependencies)[0]

/** npm as the person runs it: the one that started us, else the one on PATH. */
const npm = () => {
  const cli = process.env.npm_execpath
  return cli && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli)
    ? { command: process.execPath, prefix: [cli] }
    : { command: 'npm', prefix: [] }
}

const place = (root, tool, binary) => ({
  tool,
  folder: join(root, '.werenode', 'tools', tool),
  binary: join(root, '.werenode', 'tools', tool, 'node_modules', binary),
})

const stampFor = (tool) => stampOf([join(manifestOf(tool), 'package-lock.json')], platform)
const present = ({ tool, folder, binary }) => readStamp(join(folder, 'stamp')) === stampFor(tool) && existsSync(binary)

/** Installs one tool beside its place and moves it there whole, so that an interrupted fetch leaves nothing half done. */
const fetchTool = async (root, { tool, folder, binary }) => {
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(manifestOf(tool), file), join(fresh, file))
  const { command, prefix } = npm()
  const { code, output } = await runQuietly(
    command,
    [...prefix, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'],
    // A setting of the npm run that started us must not redirect this install.
    {
      cwd: fresh,
      env: downloadEnv({ npm_config_workspaces: 'false', npm_config_global: 'false', npm_config_prefix: undefined }),
    },
  )
  assertNotInterrupted()
  if (code !== 0 || !existsSync(binary.replace(folder, fresh))) {
    if (code === 127 && /ENOENT/.test(output))
      throw new Trouble(
        'npm is not on the PATH.',
        'Install npm (it comes with Node.js) and run the same command again.',
      )
    const logPath = join(root, '.werenode', 'tools', `${tool}.log`)
    writeFileSync(logPath, output)
    throw diagnose(tool === 'node' ? 'Node.js 24' : 'pnpm', output, { root, logPath })
  }
  writeStamp(join(fresh, 'stamp'), stampFor(tool))
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
}

/** Node 24 runs TypeScript by type stripping; from 24.15 on without a warning, and everything here is tried on 24. */
const systemNodeServes = ({ major, minor }) => major === 24 && minor >= 15

/** Resolves with { node, pnpm }: commands under which everything else runs. */
export const ensureTools = async (root, nodeVersion) => {
  const node = place(root, 'node', `node-${platform}/bin/node`)
  const pnpm = place(root, 'pnpm', `@pnpm/exe.${platform}/pnpm`)
  const ownNode = systemNodeServes(nodeVersion)
  if (!served) {
    if (!ownNode)
      throw new Trouble(
        `on ${platform}${process.platform === 'linux' ? ' without glibc' : ''} Werenode needs your own Node.js 24.15 or newer (24.x); this is ${process.versions.node}.`,
        'Install Node.js 24 from https://nodejs.org and run the same command again. On Windows, use WSL: everything is fetched by itself there.',
      )
    const { code, output } = await runQuietly('pnpm', ['--version'])
    if (code !== 0 || Number(output.split('.')[0]) < 12)
      throw new Trouble(
        `on ${platform} Werenode needs pnpm ${versionOf('pnpm')} on the PATH.`,
        `Install it with \`npm install --global pnpm@${versionOf('pnpm')}\` and run the same command again.`,
      )
    return { node: process.execPath, pnpm: 'pnpm' }
  }
  const missing = (ownNode ? [pnpm] : [node, pnpm]).filter((tool) => !present(tool))
  if (missing.length > 0) {
    const names = missing.map(({ tool }) => `${tool === 'node' ? 'Node.js' : 'pnpm'} ${versionOf(tool)}`)
    await step(`${names.join(' and ')} into .werenode/tools (once)`, async () => {
      // Both are waited for: a failure of one must not leave the other running behind its sentence.
      const results = await Promise.allSettled(missing.map((tool) => fetchTool(root, tool)))
      const failed = results.find(({ status }) => status === 'rejected')
      if (failed !== undefined) throw failed.reason
    })
  }
  return { node: ownNode ? process.execPath : node.binary, pnpm: pnpm.binary }
}
