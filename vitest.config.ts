import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two workers: the tests open real sockets and start real servers; more would measure the scheduler.
    maxWorkers: 2,
  },
});
