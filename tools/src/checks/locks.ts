import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { committedFiles, root } from '../repository.ts'
import type { Check } from './check.ts'

/** Lock files name versions and hashes, never the registry of whoever wrote them. */
export const locks: Check = {
  name: 'lock files',
  run: async () => {
    const files = committedFiles().filter((path) =>
      /(^|\/)(pnpm-lock\.yaml|package-lock\.json|npm-shrinkwrap\.json)$/.test(path),
    )
    const findings = files.flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          /https?:\/\/|"resolved"|tarball:/.test(line) && !/"(url|funding)":|funding/.test(line)
            ? [`${path}:${index + 1} names a host: ${line.trim().slice(0, 100)}`]
            : [],
        ),
    )
    return { findings, looked: files.join(', ') }
  },
}
