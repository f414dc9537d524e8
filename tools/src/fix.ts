import { biome } from './checks/style.ts'
import { print } from './lines.ts'

/** `npm run fix`: formats and mends what the linter can mend safely. */
const { code, output } = await biome('check', '--write', ...(process.argv.length > 2 ? process.argv.slice(2) : ['.']))
print(output.trim())
process.exitCode = code
