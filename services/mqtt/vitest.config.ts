import { defineConfig } from 'vitest/config'

// Real sockets and a real store; a busy machine takes its time.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } })
