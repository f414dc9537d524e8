import { defineConfig } from 'vitest/config'

/** The components' own tests (`*.spec.ts`) need Angular's compiler; `test/components.test.ts` has its builder run them. */
export default defineConfig({ test: { include: ['test/**/*.test.ts'] } })
