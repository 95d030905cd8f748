// Prints `N passed, N failed` (and `, N skipped`) from vitest's JSON result, which `npm test` writes.
import { readFile } from "node:fs/promises";

const file = new URL("../node_modules/.cache/pathproof/tests.json", import.meta.url);
try {
  const result = JSON.parse(await readFile(file, "utf8"));
  // A file that fails to load has no test to count, and must not look like success.
  const broken = result.testResults.filter(
    (suite) => suite.status === "failed" && suite.assertionResults.length === 0,
  ).length;
  const skipped = result.numPendingTests + result.numTodoTests;
  const failed = result.numFailedTests + broken;
  console.log(`${result.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
} catch {
  console.log("0 passed, 1 failed");
}
