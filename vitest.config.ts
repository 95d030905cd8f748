import { defineConfig } from "vitest/config";

// Pure tests side by side; those with real sockets, browsers and load generators afterwards and one file at a time, since on
// two cores they would measure each other. A machine that stalls for a second is no fault of the code: those may try again,
// and vitest says when one did.
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
        test: {
          name: "real",
          include: ["test/{node,k6,end-to-end}/**/*.test.ts"],
          fileParallelism: false,
          retry: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
