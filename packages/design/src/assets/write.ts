import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writtenAssets } from './list.ts'

// `node src/assets/write.ts` writes tokens.css and the brand files after a change of the tokens; a test compares them.
const root = new URL('../../', import.meta.url)
for (const [path, content] of Object.entries(writtenAssets())) {
  const file = fileURLToPath(new URL(path, root))
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  console.log(`wrote ${path}, ${content.length} characters`)
}
