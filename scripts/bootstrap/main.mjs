// From a fresh clone to a running command: tools, packages, then the command itself under Node 24.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diagnose } from './diagnosis.mjs'
import { withLock } from './lock.mjs'
import { assertNotInterrupted, handOver, watchInterrupts } from './process.mjs'
import { ensureTools } from './tools.mjs'
import { sayTrouble, Trouble } from './words.mjs'
import { ensurePackages } from './workspace.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Every command: which packages it needs and which program it is. */
const commands = {
  start: { scope: 'server', program: ['apps/cli/src/main.ts', 'start'] },
  werenode: { scope: 'server', program: ['apps/cli/src/main.ts'] },
  sim: { scope: 'server', program: ['apps/cli/src/main.ts', 'sim'] },
  dev: { scope: 'all', program: ['tools/src/dev.ts'] },
  test: { scope: 'all', program: ['tools/src/test.ts'] },
  check: { scope: 'all', program: ['tools/src/check.ts'] },
  fix: { scope: 'all', program: ['tools/src/fix.ts'] },
  proof: { scope: 'all', program: ['proof/src/run.ts'] },
}

const assertWritable = () => {
  try {
    mkdirSync(join(root, '.werenode'), { recursive: true })
    accessSync(join(root, '.werenode'), constants.W_OK)
  } catch (error) {
    throw new Trouble(
      `${root} cannot be written (${error.code}).`,
      'Werenode keeps its tools and data in the clone: clone into a folder you own, then run the same command again.',
    )
  }
}

const prepareAndRun = async (command, args, nodeVersion) => {
  const { scope, program } = commands[command]
  assertWritable()
  const stopWatching = watchInterrupts()
  const tools = await withLock(join(root, '.werenode', 'preparing'), async () => {
    const tools = await ensureTools(root, nodeVersion)
    await ensurePackages(root, tools, scope)
    return tools
  })
  assertNotInterrupted()
  stopWatching()
  if (!existsSync(join(root, program[0])))
    throw new Trouble(`${program[0]} is missing from this clone.`, 'Fetch the whole repository again with `git clone`.')
  return handOver(tools.node, ['--disable-warning=ExperimentalWarning', ...program, ...args], {
    cwd: process.cwd().startsWith(root) && command === 'werenode' ? process.cwd() : root,
    env: {
      ...process.env,
      PATH: `${dirname(tools.node)}:${process.env.PATH}`,
      WERENODE_PNPM: tools.pnpm,
      // A command starts in half the time when what it parsed last time is kept.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.werenode', 'compile-cache'),
    },
  })
}

export const main = async ([command = '', ...args], nodeVersion) => {
  try {
    if (!Object.hasOwn(commands, command))
      throw new Trouble(`"${command}" is not a command.`, `Commands: ${Object.keys(commands).join(', ')}.`)
    process.exitCode = await prepareAndRun(command, args, nodeVersion)
  } catch (error) {
    if (!(error instanceof Trouble)) {
      sayTrouble(
        ['ENOSPC', 'EROFS', 'EACCES', 'EPERM'].includes(error?.code)
          ? diagnose('this folder', error.code, { root, logPath: '' })
          : {
              message: error?.message ?? String(error),
              hint: 'Run the same command again; if it stays, please report it.',
            },
      )
      process.exitCode = 1
      return
    }
    sayTrouble(error)
    process.exitCode = error.exitCode
  }
}
