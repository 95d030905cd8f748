import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { causes } from "#core/causes/index.ts";
import { faults } from "#node/lab/faults/index.ts";
import { networkFaults } from "../../support/network/faults.ts";
import { toxicRows } from "../../support/toxiproxy/rows.ts";

/**
 * What neither a lab on loopback nor a network can make wrong, by the end-to-end test that does: the client's own machine, and
 * timers that only `keepalive` waits for.
 */
const elsewhere: Readonly<Record<string, { readonly file: string; readonly says: string }>> = {
  "connection-lifetime": { file: "lifetime.test.ts", says: '"connection-lifetime"' },
  "credentials-missing": { file: "access.test.ts", says: 'cause: { code: "credentials-missing" }' },
  "file-limit": { file: "file-limit.test.ts", says: '"file-limit"' },
  // A load's own word for it.
  "generator-saturated": { file: "held-back.test.ts", says: "saturated: true" },
  "idle-shorter-than-expected": { file: "keepalive.test.ts", says: '"idle-shorter-than-expected"' },
};

const shown = new Set([...faults, ...networkFaults, ...toxicRows].map(({ cause }) => cause));

test("every cause has something real that shows it", () => {
  expect(causes.map(({ code }) => code).filter((code) => !shown.has(code) && elsewhere[code] === undefined)).toEqual(
    [],
  );
});

test.each(Object.entries(elsewhere))("%s is shown by no fault, and in a test of its own", (code, { file, says }) => {
  expect(shown.has(code)).toBe(false);
  expect(readFileSync(join(import.meta.dirname, "../../end-to-end", file), "utf8")).toContain(says);
});
