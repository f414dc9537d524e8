// Child processes of the bootstrap: quiet ones whose output is kept for diagnosis, and the final one that owns the terminal.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Trouble } from './words.mjs'

const running = new Set()
let interrupted = false

/** Ctrl-C while tools or packages are fetched: ends the children and lets the step fail with a sentence. */
export const watchInterrupts = () => {
  const onSignal = () => {
    interrupted = true
    for (const child of running) child.kill('SIGTERM')
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

export const assertNotInterrupted = () => {
  if (interrupted)
    throw new Trouble('stopped as you asked.', 'Nothing is left half done: run the same command again to go on.', 130)
}

/**
 * Environment of a download. Package managers look names up many times at once; where a resolver drops some of the answers, asking
 * again after 1 s instead of 5 s turns a minute of waiting into seconds.
 */
export const downloadEnv = (more = {}) => ({
  RES_OPTIONS: 'timeout:1 attempts:8',
  // npm's own pauses between tries add up to a minute of silence where there is no network at all.
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '5000',
  ...process.env,
  ...more,
})

/** Runs a command quietly. Resolves with { code, output }; `onLine` sees each line as it comes. */
export const runQuietly = (command, args, { cwd, env, onLine } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let output = ''
    const take = (chunk) => {
      const text = chunk.toString()
      output = (output + text).slice(-200_000)
      if (onLine) for (const line of text.split('\n')) if (line.trim() !== '') onLine(line)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => {
      running.delete(child)
      resolve({ code: 127, output: `${output}\n${error.code ?? ''} ${error.message}` })
    })
    child.on('close', (code) => {
      running.delete(child)
      resolve({ code: code ?? 1, output })
    })
  })

/**
 * Hands the terminal to `command` and ends with its exit code. A terminal sends Ctrl-C to the whole group, a supervisor to us
 * alone: both are passed on, and the child takes two in a row as one.
 */
export const handOver = (command, args, { cwd, env }) => {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' })
  const forward = (signal) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Trouble(`${command} does not start (${error.message}).`, '')))
    child.on('close', (code, signal) => resolve(signal === null ? code : 128 + (constants.signals[signal] ?? 0)))
  })
}
