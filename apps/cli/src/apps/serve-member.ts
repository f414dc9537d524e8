import type { FastifyInstance } from 'fastify'
import type { BuiltApp } from './list.ts'
import { serveApp } from './serve-app.ts'

/** The member app runs, looks and asks from here alone: no inline script, no inline style, nobody else's server. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]

/** The member app at `/member/`. Angular puts the content's hash into the names of what it builds. */
export const serveMember = (app: FastifyInstance, member: BuiltApp): void =>
  serveApp(app, member, { place: '/member', policy, hashed: /-[A-Z0-9]{8}\.(js|css)$/ })
