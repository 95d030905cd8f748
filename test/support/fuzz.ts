import fc from "fast-check";

/**
 * Generated cases are the same at each run of the tests: what fails is a change, not luck. `npm run fuzz` looks for what nobody
 * has met: other cases each time, each property for as many seconds as `FUZZ_SECONDS` says.
 */
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 0);

fc.configureGlobal(
  seconds > 0
    ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true }
    : { seed: 20261126 },
);
