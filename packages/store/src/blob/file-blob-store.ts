import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { type BlobStore, WerenodeError } from '@werenode/core'
import { fileOfKey, keyOfFile } from './key.ts'
import type { UrlSigner } from './signature.ts'

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

const failure = (what: string, cause: unknown): WerenodeError =>
  new WerenodeError('store-unavailable', `The blob store could not ${what}`, {
    hint: 'Check that its folder can be written and the disk has room.',
    cause,
  })

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder and, like SQLite, makes sure that it will still be there after a power cut. */
const makeFolder = async (folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/**
 * Files in a folder. A blob is one file: a line of JSON with its content type, then its bytes; it is written aside, synced and
 * renamed, so a key has its old or its new bytes whenever the power goes.
 */
export const openFileBlobStore = async (folder: string, signer: UrlSigner): Promise<BlobStore> => {
  const root = resolve(folder)
  try {
    await makeFolder(root)
    // Uploads that were cut off by the last stop.
    const entries = await readdir(root)
    await Promise.all(
      entries.filter((name) => name.endsWith('.part')).map((name) => rm(join(root, name), { force: true })),
    )
  } catch (error) {
    throw failure(`open its folder ${root}`, error)
  }

  return {
    put: async (key, bytes, meta) => {
      const file = join(root, ...fileOfKey(key))
      const part = join(root, `${randomUUID()}.part`)
      try {
        const handle = await open(part, 'wx')
        try {
          await handle.writeFile(
            Buffer.concat([Buffer.from(`${JSON.stringify({ contentType: meta.contentType })}\n`), bytes]),
          )
          await handle.sync()
        } finally {
          await handle.close()
        }
        await makeFolder(dirname(file))
        await rename(part, file)
        await syncFolder(dirname(file))
      } catch (error) {
        await rm(part, { force: true })
        throw failure(`write ${key}`, error)
      }
    },
    get: async (key) => {
      const file = join(root, ...fileOfKey(key))
      let content: Buffer
      try {
        content = await readFile(file)
      } catch (error) {
        if (isMissing(error)) return undefined
        throw failure(`read ${key}`, error)
      }
      const end = content.indexOf(10)
      try {
        const { contentType } = JSON.parse(content.toString('utf8', 0, end)) as { contentType: string }
        return { bytes: new Uint8Array(content.subarray(end + 1)), contentType }
      } catch (error) {
        throw failure(`understand the file of ${key}`, error)
      }
    },
    list: async (prefix) => {
      const keys: string[] = []
      try {
        for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile()) continue
          const key = keyOfFile(relative(root, join(entry.parentPath, entry.name)).split(sep))
          if (key?.startsWith(prefix)) keys.push(key)
        }
      } catch (error) {
        throw failure('list its keys', error)
      }
      return keys.sort()
    },
    signedUrl: async (key, { verb, expiresInS }) => signer.sign(verb, key, expiresInS),
  }
}
