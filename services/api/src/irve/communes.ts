import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Commune } from './address.ts'
import { readCsv } from './csv.ts'

/** French communes by INSEE code, from the project's data folder. */
export const readCommunes = async (file: string | URL): Promise<ReadonlyMap<string, Commune>> => {
  const communes = new Map<string, Commune>()
  const text = createReadStream(file).pipe(createGunzip()).setEncoding('utf8')
  for await (const { cells } of readCsv(text)) {
    const { code, name, postalcode } = cells
    if (code && name) communes.set(code, { name, ...(postalcode ? { postalCode: postalcode } : {}) })
  }
  return communes
}
