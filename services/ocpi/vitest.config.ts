import { defineConfig } from 'vitest/config'

// The machine may be busy with other suites: patience costs nothing when all is well.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } })
