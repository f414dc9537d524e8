import { join } from 'node:path'
import { root } from '../repository.ts'
import { run } from '../run.ts'
import type { Check } from './check.ts'

/** The whole tree under one strict configuration. */
export const types: Check = {
  name: 'types',
  run: async () => {
    const tsc = join(root, 'tools/node_modules/typescript7/bin/tsc')
    const { code, output } = await run(process.execPath, [tsc, '-p', 'tsconfig.json', '--pretty', 'false'], {
      cwd: root,
    })
    const findings = output.split('\n').filter((line) => line.trim() !== '')
    return { findings: code === 0 ? [] : findings, looked: 'strict TypeScript, whole tree' }
  },
}
