// Stamps: what was installed, so that the next start does nothing twice.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Hash over the content of files and extra words. */
export const stampOf = (files, ...words) => {
  const hash = createHash('sha256')
  for (const word of words) hash.update(`${word}\0`)
  for (const file of files) hash.update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

export const readStamp = (path) => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

export const writeStamp = (path, stamp) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, `${stamp}\n`)
  renameSync(`${path}.new`, path)
}
