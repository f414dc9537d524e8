import { join } from 'node:path'
import { rooms, root } from '../repository.ts'
import { inParallel, run } from '../run.ts'
import type { Check } from './check.ts'

/**
 * What is generated and committed (OpenAPI, event schemas, tables in docs/) must equal what the code says today. Each room that
 * commits such a file has a script `drift` in its package.json, which says what differs and ends with 1.
 */
export const drift: Check = {
  name: 'committed contracts',
  run: async () => {
    const withDrift = rooms().filter(({ manifest }) => manifest.scripts?.drift !== undefined)
    const results = await inParallel(
      2,
      withDrift.map(({ folder, manifest }) => async () => {
        const { code, output } = await run('sh', ['-c', manifest.scripts!.drift!], {
          cwd: join(root, folder),
          timeoutMs: 60_000,
        })
        return code === 0 ? [] : [`${folder}: ${output.trim().slice(-600)}`]
      }),
    )
    return { findings: results.flat(), looked: withDrift.map(({ folder }) => folder).join(', ') || 'none yet' }
  },
}
