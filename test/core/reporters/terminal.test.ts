import { expect, test } from "vitest";
import { checkLines } from "#core/reporters/terminal/check-lines.ts";
import { makeCheck, makeReport } from "../../support/report.ts";

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };
const groups = ["network", "tls", "answer", "auth", "routing", "connection", "payload"];

test.each([40, 80, 120])(
  "the strip of a target's checks breaks between groups at %d columns, never within one",
  (columns) => {
    const checks = groups.flatMap((group) =>
      Array.from({ length: 5 }, (_, n) => makeCheck({ check: `${group}-${n}`, group })),
    );
    const target = {
      id: "orders-lattice",
      kind: "lattice",
      origin: "https://orders.example.internal",
      auth: "iam",
    } as const;
    const lines = checkLines(makeReport({ targets: [target], checks }), { paint, columns });
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    for (const group of groups) expect(lines.join("\n")).toContain(`${group} ✓✓✓✓✓`);
  },
);
