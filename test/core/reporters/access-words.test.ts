import { describe, expect, test } from "vitest";
import { accessGrids, accessTroubles, accessWord, expectedWords } from "#core/reporters/access-words.ts";
import { accessLines } from "#core/reporters/terminal/access-lines.ts";
import { deniedRow, makeAccessReport, makeAccessRow } from "../../support/access-report.ts";

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };

describe("the words of the access table", () => {
  test("say whether, and by what", () => {
    const denied = (by: string | null, explicit = false) =>
      accessWord(deniedRow({ seen: { access: "denied", by, explicit, status: 403 } }));
    expect(accessWord(makeAccessRow())).toBe("allowed");
    expect(denied("endpoint-policy")).toBe("denied: endpoint");
    expect(denied("identity-policy", true)).toBe("denied: identity!");
    expect(denied("authentication")).toBe("denied: unsigned");
    expect(denied(null)).toBe("denied");
    expect(expectedWords(deniedRow({ expected: { access: "denied", by: "explicit" } }))).toBe(
      "should be denied by an explicit deny",
    );
    expect(expectedWords(deniedRow({ expected: { access: "denied", by: "any" } }))).toBe("should be denied");
  });

  test("tell of everything in trouble, alike things once, and what should have been where that is not said", () => {
    const refused = { verdict: "fail", says: "was refused by the Lattice service's policy" } as const;
    const should = deniedRow({ ...refused, expected: { access: "allowed", by: null } });
    const [grid] = accessGrids([
      makeAccessRow(),
      { ...should, action: "create" },
      { ...should, action: "export" },
      deniedRow({ principal: "ci", verdict: "fail", says: "was answered 200 where it should be refused" }),
    ]);
    if (grid === undefined) throw new Error("no table");
    expect(accessTroubles(grid)).toEqual([
      {
        verdict: "fail",
        principal: "reader",
        actions: ["create", "export"],
        says: "was refused by the Lattice service's policy; should be allowed",
      },
      { verdict: "fail", principal: "ci", actions: ["list"], says: "was answered 200 where it should be refused" },
    ]);
  });
});

test.each([60, 80, 100])("the table and its troubles fit %d columns, with nothing at the ends of lines", (columns) => {
  const lines = accessLines(makeAccessReport(), { paint, columns });
  expect(lines.filter((line) => line.length > columns)).toEqual([]);
  expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
  const text = lines.join("\n").replace(/\s+/g, " ");
  expect(text).toContain(
    "? auditor, list, create, a-request-with-a-name-of-its-own, export, admin: was not asked, for",
  );
});
