import { describe, expect, test } from "vitest";
import type { ComparableRun } from "#core/reporters/across/comparable-run.ts";
import { reporters } from "#core/reporters/index.ts";
import { readReport } from "#core/reporters/read-report.ts";
import { renderTerminal } from "#core/reporters/terminal.ts";
import { blocksAt, acrossReport as compare, comparableRun as run } from "../../../support/across-report.ts";
import { makeLoad, makeLoadReport } from "../../../support/load-report.ts";

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };

const single = (one: ComparableRun) => ({ name: one.name, runs: [one] });

describe("saved runs side by side", () => {
  test("one of each: what differs is told, a verdict is not", () => {
    const report = compare([single(run("before", 1000, 10)), single(run("after", 2000, 12, { rate: 100 }))]);
    expect(report.verdict).toBe("inconclusive");
    expect(
      report.across?.pairs.map(({ quantile, deltaMs, spread, verdict, runsDiffer }) => [
        quantile,
        Math.round(deltaMs ?? 0),
        spread,
        verdict,
        runsDiffer,
      ]),
    ).toEqual([
      [0.5, 2, "within", "inconclusive", true],
      [0.9, 2, "within", "inconclusive", true],
      [0.99, 2, "within", "inconclusive", true],
    ]);
    expect(report.across?.differing).toEqual([{ fact: "requests per second asked for", values: ["200", "100"] }]);
    expect(report.across?.warnings[0]).toContain("different runs at different times");
  });

  test("three of each in turn: a verdict is given", () => {
    const base = { name: "b", runs: [run("b1", 1, 10), run("b2", 4, 11), run("b3", 5, 12)] };
    const other = { name: "a", runs: [run("a1", 2, 12), run("a2", 3, 13), run("a3", 6, 14)] };
    const report = compare([base, other]);
    expect(report.verdict).toBe("pass");
    expect(report.across?.pairs.every(({ spread, verdict }) => spread === "in-turn" && verdict === "slower")).toBe(
      true,
    );
    expect(report.across?.warnings).toHaveLength(1);
  });

  test("a run whose generator was the bottleneck proves nothing, in turn or not", () => {
    const base = { name: "b", runs: [run("b1", 1, 10), run("b2", 4, 11), run("b3", 5, 12, { saturated: true })] };
    const other = { name: "a", runs: [run("a1", 2, 12), run("a2", 3, 13), run("a3", 6, 14)] };
    const { across, verdict } = compare([base, other]);
    expect(verdict).toBe("inconclusive");
    expect(across?.pairs[0]?.warnings).toEqual(["Not to be relied on: in b3 the generator was the bottleneck."]);
  });

  test("of quantiles alone there is a difference and no interval", () => {
    const bare = run("summary", 1000, 10);
    const summary = { ...bare, subjects: bare.subjects.map((subject) => ({ ...subject, service: [] })) };
    const { across } = compare([single(summary), single(run("after", 2000, 12))]);
    expect(across?.pairs[0]).toMatchObject({ lowMs: null, spread: "none", runsDiffer: null, verdict: "inconclusive" });
    expect(across?.pairs[0]?.deltaMs).not.toBeNull();
    expect(across?.pairs[0]?.warnings).toEqual(["No interval can be given: of one of them only quantiles are known."]);
  });

  test("targets of one name belong together; what matches nothing is said", () => {
    const two = (name: string, ids: readonly [string, string]): ComparableRun => {
      const made = run(name, name === "x" ? 1 : 2, 10);
      const subjects = ids.map((target) => ({ load: makeLoad({ target }), service: blocksAt(10), response: [] }));
      return { ...made, subjects };
    };
    const { across } = compare([single(two("x", ["alb", "api"])), single(two("y", ["alb", "lattice"]))]);
    expect(new Set(across?.pairs.map(({ target }) => target))).toEqual(new Set(["alb"]));
    expect(across?.warnings).toContain("api is not in y: it is compared with nothing.");
    expect(across?.warnings).toContain("lattice is not in x: it is compared with nothing.");
  });

  test("every document tells it, as the schema has it, and the terminal within 80 columns", () => {
    const report = compare([single(run("before", 1000, 10)), single(run("after", 2000, 12, { rate: 100 }))], 1);
    for (const { render, fileName } of reporters)
      if (/^(report|summary)\.(json|html|md)$/.test(fileName)) expect(render(report)).toMatch(/before/);
    expect(readReport(JSON.stringify(report))).toEqual({ kind: "report", report });
    const lines = renderTerminal(report, { paint, columns: 80 }).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.join("\n")).toContain("p50");
  });
});

describe("a report.json that went through other hands", () => {
  test("is refused with the place where it is wrong", () => {
    const report = makeLoadReport();
    const spoilt = { ...report, loads: report.loads.map((load) => ({ ...load, requests: "many" })) };
    expect(readReport(JSON.stringify(spoilt))).toEqual({
      kind: "problem",
      problem: "it is no report of this pathproof: loads[0].requests: expected number",
    });
    expect(readReport('{"schema"')).toEqual({ kind: "problem", problem: "it is no whole JSON document" });
    expect(readReport("{}")).toMatchObject({ problem: expect.stringContaining("expected something, found nothing") });
  });
});
