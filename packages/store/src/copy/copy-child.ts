import { copyStore } from './copy.ts'

/** Copies, and says so after each batch, until it is killed or done. */
const [from, to] = process.argv.slice(2)
await copyStore({ from: from!, to: to!, onProgress: ({ what, copied }) => process.stdout.write(`${what} ${copied}\n`) })
process.stdout.write('done\n')
