// What a person sees while the bootstrap works: one line per step, and one sentence with a hint when it cannot go on.
const tty = process.stderr.isTTY === true && process.env.TERM !== 'dumb'
const plain = !/utf-?8/i.test(process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || 'utf-8')
const colour = (code, text) => (tty && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text)
const good = plain ? 'ok' : '✓'

/** A failure a person can act on: `message` says what happened, `hint` what to do. */
export class Trouble extends Error {
  constructor(message, hint, exitCode = 1) {
    super(message)
    this.hint = hint
    this.exitCode = exitCode
  }
}

export const say = (text) => process.stderr.write(`${text}\n`)

export const sayTrouble = (trouble) => {
  say(`\n${colour('31;1', 'Werenode cannot go on:')} ${trouble.message}`)
  if (trouble.hint) say(trouble.hint)
}

/** Runs `work` behind one line that counts seconds; `work` may call its argument to show a detail. */
export const step = async (title, work) => {
  const startedAt = Date.now()
  let detail = ''
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`
  const draw = () => process.stderr.write(`\r\x1b[2K  ${colour(36, '·')} ${title} ${detail} ${colour(2, seconds())}`)
  const timer = tty ? setInterval(draw, 200) : undefined
  if (!tty) say(`  . ${title}`)
  try {
    const result = await work((text) => {
      detail = text
    })
    if (tty) process.stderr.write('\r\x1b[2K')
    say(`  ${colour(32, good)} ${title}${tty ? '' : ': done'} ${colour(2, seconds())}`)
    return result
  } catch (error) {
    if (tty) process.stderr.write('\r\x1b[2K')
    throw error
  } finally {
    clearInterval(timer)
  }
}
