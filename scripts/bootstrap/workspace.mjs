// Installs the workspace's packages with pnpm: the server's alone for a start, all of them for tests and checks.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { diagnose } from './diagnosis.mjs'
import { assertNotInterrupted, downloadEnv, runQuietly } from './process.mjs'
import { readStamp, stampOf, writeStamp } from './stamp.mjs'
import { step } from './words.mjs'

/** `server`: what `npm start` runs. `all`: that and every tool and test. */
const scopes = {
  server: {
    title: "the server's packages",
    filter: ['--filter', '@werenode/cli...'],
    flags: ['--prod'],
    probe: 'apps/cli/node_modules',
  },
  all: { title: 'all packages', filter: [], flags: [], probe: 'tools/node_modules' },
}

export const ensurePackages = async (root, { node, pnpm }, least) => {
  // Where tests run, a start must not take their packages away.
  const scope = existsSync(join(root, scopes.all.probe)) ? 'all' : least
  const stampPath = join(root, '.werenode', 'packages.stamp')
  const stamp = stampOf(
    [join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml')],
    process.platform,
    process.arch,
  )
  const present = existsSync(join(root, scopes[scope].probe))
  const [done, doneScope] = readStamp(stampPath).split(' ')
  if (present && done === stamp && (doneScope === scope || doneScope === 'all')) return
  const { title, filter, flags } = scopes[scope]
  await step(title, async (detail) => {
    rmSync(stampPath, { force: true })
    const { code, output } = await runQuietly(
      pnpm,
      [...filter, 'install', '--frozen-lockfile', '--reporter=append-only', ...flags],
      {
        cwd: root,
        env: downloadEnv({ CI: '1', PATH: `${dirname(node)}:${process.env.PATH}` }),
        onLine: (line) => {
          const progress = /resolved (\d+), reused (\d+), downloaded (\d+), added (\d+)/.exec(line)
          if (progress) detail(`(${Number(progress[2]) + Number(progress[3])} of ${progress[1]})`)
        },
      },
    )
    assertNotInterrupted()
    if (code !== 0) {
      const logPath = join(root, '.werenode', 'packages.log')
      writeFileSync(logPath, output)
      throw diagnose('the packages', output, { root, logPath })
    }
    writeStamp(stampPath, `${stamp} ${scope}`)
  })
}
