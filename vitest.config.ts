import { defineConfig } from 'vitest/config'

export default defineConfig({
  // What a file prepares may start a compiler: on a busy machine it takes as long as a test may.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
})
