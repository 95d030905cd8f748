import { describe, expect, test } from "vitest";
import { differingWords } from "#core/reporters/html/differing-words.ts";
import { withoutOwnName } from "#core/reporters/own-name.ts";
import { namedBy, targetClasses } from "#core/reporters/target-classes.ts";
import { makeCheck } from "../../support/report.ts";

const target = (id: string, kind = "lattice") => ({ id, kind, origin: `https://${id}.example.internal`, auth: null });

describe("targetClasses()", () => {
  const targets = [target("a"), target("b"), target("c", "alb"), target("d"), target("e")];
  const checks = targets.map(({ id }) => makeCheck({ target: id, verdict: id === "d" ? "fail" : "pass" }));

  test("holds together what is of one kind and came to the same verdicts", () => {
    const classes = targetClasses({ targets, checks });
    expect(classes.map(({ verdict, members }) => [verdict, members.map(({ id }) => id)])).toEqual([
      ["pass", ["a", "b", "e"]],
      ["pass", ["c"]],
      ["fail", ["d"]],
    ]);
  });

  test("names a class where all of it is meant, and each target where not", () => {
    const classes = targetClasses({ targets, checks });
    expect(namedBy(classes, ["a", "b", "e", "d"])).toEqual({ classes: [classes[0]], others: ["d"] });
    expect(namedBy(classes, ["a", "b"])).toEqual({ classes: [], others: ["a", "b"] });
  });
});

describe("what differs between texts", () => {
  test.each([
    ["10.0.0.1:443 refused it", "10.0.0.2:443 refused it", "10.0.0.1:443"],
    ["refused after 3 ms by 10.0.0.1 at last", "refused after 4 ms by 10.0.0.2 at last", "3 … 10.0.0.1"],
    ["the same", "the same", ""],
    ["quite another", "text here", "quite another"],
    ["longer than it", "it", "longer than it"],
  ])("%s | %s: %s", (text, like, differs) => {
    expect(differingWords(text, like)).toBe(differs);
  });

  test.each([
    ["a.example.internal resolves to ::1", "https://a.example.internal:8443", "its name resolves to ::1"],
    ["[::1]:80 refused it", "http://[::1]:80", "its name:80 refused it"],
    ["b.example.internal is another", "https://a.example.internal", "b.example.internal is another"],
    ["a said no", "not an origin", "a said no"],
  ])("%s at %s: %s", (text, origin, said) => {
    expect(withoutOwnName(text, { origin })).toBe(said);
  });
});
