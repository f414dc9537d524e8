import { run } from './commands/run.ts'
import { createScreen } from './terminal/screen.ts'
import { printTrouble } from './terminal/trouble.ts'

// Whoever read along has seen enough (`./werenode help | head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const screen = createScreen()
try {
  process.exitCode = await run(process.argv.slice(2), screen)
} catch (error) {
  screen.clear()
  printTrouble(screen, error)
  process.exitCode = 1
}
