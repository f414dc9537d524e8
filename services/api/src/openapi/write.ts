/** Writes the committed document: `node services/api/src/openapi/write.ts`. */
import { writeFile } from 'node:fs/promises'
import { openApiDocument } from './document.ts'

export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`
export const openApiFile = new URL('../../openapi.json', import.meta.url)

if (import.meta.main) await writeFile(openApiFile, openApiText())
