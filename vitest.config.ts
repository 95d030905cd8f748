import { defineConfig } from "vitest/config";

// Pure tests side by side, then those that look at words and causes, and last, one file at a time, those that measure: on two cores
// they would measure each other. A machine that stalls for a second is no fault of the code: what is not pure may try again,
// and vitest says when it did.

/** Processes, sockets and a browser, but no claim about times. */
const unhurried = [
  "access",
  "advice",
  "advice-proxies",
  "faults",
  "full-disk",
  "hostile-inputs",
  "killed",
  "killed-parts",
  "own-scenario",
  "report-html",
  "servers",
  "sign",
  "sign-url",
].map((name) => `test/end-to-end/${name}.test.ts`);

export default defineConfig({
  test: {
    setupFiles: ["test/support/fuzz.ts"],
    testTimeout: 30_000 + 2000 * Number(process.env.FUZZ_SECONDS ?? 0),
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: "pure", include: ["test/house.test.ts", "test/core/**/*.test.ts"], maxWorkers: 2 },
      },
      {
        extends: true,
        test: { name: "unhurried", include: unhurried, maxWorkers: 3, retry: 2, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: "real",
          include: ["test/{node,k6,end-to-end}/**/*.test.ts"],
          exclude: unhurried,
          fileParallelism: false,
          retry: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
