import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const gone = async (pid: number): Promise<void> => {
  while (alive(pid)) await pause(20)
}

/** Starts a sleeper in a group of its own, says its id, and ends. */
const leaves = `
const { spawn } = require('node:child_process')
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
child.unref()
console.log(child.pid)
`

describe('a run', () => {
  it('gives the exit code and what was said', async () => {
    const { code, output } = await run(process.execPath, ['-e', 'console.log("words"); process.exit(3)'], { cwd: '.' })
    expect(code).toBe(3)
    expect(output).toBe('words\n')
  })

  it.runIf(process.platform === 'linux')(
    'leaves nothing behind, not even what went into a group of its own',
    async () => {
      const { output } = await run(process.execPath, ['-e', leaves], { cwd: '.' })
      await gone(Number(output))
    },
  )

  it('ends what takes too long', async () => {
    const { timedOut } = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      cwd: '.',
      timeoutMs: 300,
    })
    expect(timedOut).toBe(true)
  })

  it('says when a program does not exist', async () => {
    expect((await run('no-such-program-here', [], { cwd: '.' })).code).toBe(127)
  })
})
