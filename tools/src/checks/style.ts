import { join } from 'node:path'
import { root } from '../repository.ts'
import { run } from '../run.ts'
import type { Check } from './check.ts'

export const biome = (...args: readonly string[]) =>
  run(process.execPath, [join(root, 'tools/node_modules/@biomejs/biome/bin/biome'), ...args], { cwd: root })

/** Formatting and lint rules; `npm run fix` mends what can be mended by itself. */
export const style: Check = {
  name: 'format and lint',
  run: async () => {
    const { code, output } = await biome('check', '--reporter=github', '--max-diagnostics=200', '.')
    const findings = output
      .split('\n')
      .map((line) => /^::(?:error|warning) title=([^,]*),file=([^,]*),line=(\d+).*?::(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map((match) => `${match[2]}:${match[3]} ${match[4]} (${match[1]})`)
    return { findings: code === 0 ? [] : findings.length > 0 ? findings : [output.trim()], looked: 'whole tree' }
  },
}
