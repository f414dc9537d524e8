import { run } from './commands/run.ts'
import { createScreen } from './terminal/screen.ts'
import { printTrouble } from './terminal/trouble.ts'

const screen = createScreen()
try {
  process.exitCode = await run(process.argv.slice(2), screen)
} catch (error) {
  screen.clear()
  printTrouble(screen, error)
  process.exitCode = 1
}
