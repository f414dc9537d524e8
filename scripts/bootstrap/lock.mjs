// One bootstrap at a time per clone: a second one waits until the first is through.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { assertNotInterrupted } from './process.mjs'
import { say } from './words.mjs'

const holderOf = (folder) => {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8'))
  } catch {
    return 0
  }
}

const alive = (pid) => {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs `work` while holding `folder` as a lock. A lock whose process is gone is taken over. */
export const withLock = async (folder, work) => {
  let told = false
  let nobodySince = 0
  for (;;) {
    try {
      mkdirSync(folder)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const pid = holderOf(folder)
    if (alive(pid)) nobodySince = 0
    else nobodySince ||= Date.now()
    // The holder writes its pid right after mkdir; a lock without a living holder for 2 s is a leftover.
    if (nobodySince > 0 && Date.now() - nobodySince > 2000) {
      rmSync(folder, { recursive: true, force: true })
      nobodySince = 0
      continue
    }
    if (!told && nobodySince === 0) {
      say(`  Another command (process ${pid}) is preparing this folder; waiting for it ...`)
      told = true
    }
    assertNotInterrupted()
    await pause(200)
  }
  try {
    writeFileSync(join(folder, 'pid'), String(process.pid))
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
