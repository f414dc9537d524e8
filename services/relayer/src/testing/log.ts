import pino from 'pino'

/** Silent, unless `LOG=info` asks for more. */
export const log = pino({ level: process.env.LOG ?? 'silent' })
