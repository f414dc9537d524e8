import { defineConfig } from 'vitest/config'

// The stations run in a process of their own; a busy machine takes its time to start it.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } })
