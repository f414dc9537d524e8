import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { committedFiles, root } from '../repository.ts'
import type { Check } from './check.ts'

const rules: readonly { readonly pattern: RegExp; readonly why: string; readonly only?: RegExp }[] = [
  { pattern: /(^|[\s"'`(=])\/(work|home\/\w+|root|Users\/\w+)\//, why: 'names a path of one machine' },
  { pattern: /(^|[\s"'`(=])\/tmp\/[\w-]+/, why: 'names a temporary path: ask os.tmpdir()', only: /\.[cm]?[jt]s$/ },
  { pattern: /\b(TODO|FIXME|XXX)\b/, why: 'is unfinished: do it or open an issue', only: /\.(ts|tsx|mjs|js|sol|sh)$/ },
  { pattern: /\b(describe|it|test)\.only\(/, why: 'keeps other tests from running', only: /\.test\.tsx?$/ },
  { pattern: /^(<{7}|>{7}|={7}$)/, why: 'is a merge conflict' },
  { pattern: /-----BEGIN (EC |RSA |)PRIVATE KEY-----/, why: 'is a private key' },
]
const text =
  /\.(ts|tsx|mjs|cjs|js|json|md|mdx|yaml|yml|sol|toml|css|html|svg|sh|txt|tree)$|^(werenode|LICENSE|\.ci\/run)$/
const self = /^tools\/src\/checks\/words(\.test)?\.ts$/

/** Words that have no place in a committed file. */
export const words: Check = {
  name: 'words',
  run: async () => {
    const files = committedFiles().filter(
      (path) => text.test(path) && !self.test(path) && !path.endsWith('pnpm-lock.yaml'),
    )
    const findings = files.flatMap((path) => {
      const applicable = rules.filter(({ only }) => only === undefined || only.test(path))
      return readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          applicable
            .filter(({ pattern }) => pattern.test(line))
            .map(({ why }) => `${path}:${index + 1} ${why}: ${line.trim().slice(0, 100)}`),
        )
    })
    return { findings, looked: `${files.length} files` }
  },
}
