/** The lines that the development commands print: one per thing done, with its time; details only where something is wrong. */
const tty = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
const colour = (code: string, text: string) => (tty ? `\x1b[${code}m${text}\x1b[0m` : text)

export const green = (text: string) => colour('32', text)
export const red = (text: string) => colour('31;1', text)
export const yellow = (text: string) => colour('33', text)
export const dim = (text: string) => colour('2', text)
export const bold = (text: string) => colour('1', text)

export const print = (text = '') => process.stdout.write(`${text}\n`)

export const secondsText = (ms: number) => `${(ms / 1000).toFixed(1)} s`

export type Outcome = 'ok' | 'failed' | 'skipped'
const mark: Record<Outcome, string> = { ok: green('✓'), failed: red('✗'), skipped: yellow('–') }

/** `✓ types            3.1 s   whole tree` */
export const resultLine = (outcome: Outcome, name: string, ms: number, detail = '') =>
  print(`  ${mark[outcome]} ${name.padEnd(22)} ${dim(secondsText(ms).padStart(8))}  ${detail}`)

export const indented = (text: string, maxLines = 40) => {
  const lines = text.trimEnd().split('\n')
  const shown =
    lines.length > maxLines ? [dim(`… ${lines.length - maxLines} lines before`), ...lines.slice(-maxLines)] : lines
  return shown.map((line) => `      ${line}`).join('\n')
}
