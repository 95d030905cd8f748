import { describe, expect, test } from "vitest";
import { askFor } from "#core/checks/ask/step.ts";
import type { Check, Means } from "#core/checks/check.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import { planChecks } from "#core/plan/plan-checks.ts";
import type { Target } from "#core/targets/target.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { type Perform, runChecks } from "#node/probe/run-checks.ts";
import { makeExchange, makeFailed, makeTarget } from "../../support/make.ts";

const means: Means = { credentials: "long-term", endedSession: false };

const makeCheck = (id: string, over: Partial<Check> = {}): Check => ({
  id,
  group: "answer",
  title: `${id} holds`,
  why: "For a test.",
  needs: [],
  alone: false,
  notFor: () => null,
  script: () => [askFor(id)],
  judge: ([only]) => (only?.outcome.kind === "answered" ? pass("answered") : inconclusive("not answered")),
  ...over,
});

const answer = (target: Target, check: string, { label }: Step): Exchange =>
  makeExchange({ target: target.id, check, step: label, addresses: target.pinned ?? [] });
const performAll: Perform = async (target, check, steps) => steps.map((step) => answer(target, check, step));

/** Answers everything but what `broken` names. */
const failing =
  (...broken: readonly string[]): Perform =>
  async (target, check, steps) =>
    broken.includes(check)
      ? [makeFailed({ kind: "refused" }, { target: target.id, check })]
      : performAll(target, check, steps);

const one = makeTarget("alb", { id: "one" });
const two = makeTarget("alb", { id: "two" });
const chain = [
  makeCheck("a"),
  makeCheck("b", { needs: ["a"] }),
  makeCheck("c", { needs: ["b"] }),
  makeCheck("d", { needs: ["a"] }),
];
const plan = (checks: readonly Check[], ...targets: readonly Target[]) => planChecks(targets, checks, means);

const told = (run: Awaited<ReturnType<typeof runChecks>>) =>
  run.results.map(({ target, check, verdict }) => `${target} ${check}: ${verdict.kind}, ${verdict.summary}`);

/** Waits until everything that can go on has gone on. */
const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("runChecks()", () => {
  test("asks every check of every target, and gives the results in the order of the plan", async () => {
    const run = await runChecks(plan(chain, one, two), performAll);
    expect(run.results.map(({ target, check }) => `${target} ${check}`)).toEqual(
      ["one", "two"].flatMap((id) => ["a", "b", "d", "c"].map((check) => `${id} ${check}`)),
    );
    expect(run.results.every(({ verdict }) => verdict.kind === "pass")).toBe(true);
    expect(run.results[0]?.elapsedMs).toBe(12);
    expect(run.interrupted).toBe(false);
  });

  test("does not ask what needs a check that did not pass, and names that check", async () => {
    const asked: string[] = [];
    const perform: Perform = (target, check, steps) => {
      asked.push(`${target.id} ${check}`);
      return target.id === "one" ? failing("b")(target, check, steps) : performAll(target, check, steps);
    };
    const run = await runChecks(plan([...chain, makeCheck("e", { needs: ["c", "d"] })], one, two), perform);
    expect(told(run).slice(0, 5)).toEqual([
      "one a: pass, answered",
      "one b: inconclusive, not answered",
      "one d: pass, answered",
      "one c: skipped, not asked, because b did not pass",
      "one e: skipped, not asked, because b did not pass",
    ]);
    expect(asked).not.toContain("one c");
    expect(asked).toContain("two e");
  });

  test("says of a check that does not apply why not, and asks what needs it all the same", async () => {
    const checks = [makeCheck("a", { notFor: () => "it is too small" }), makeCheck("b", { needs: ["a"] })];
    expect(told(await runChecks(plan(checks, one), performAll))).toEqual([
      "one a: skipped, does not apply: it is too small",
      "one b: pass, answered",
    ]);
  });

  test("goes on at the addresses that a failed check leaves", async () => {
    const checks = [
      makeCheck("a", { goOnAt: () => ["10.0.1.10"] }),
      makeCheck("b", { needs: ["a"] }),
      makeCheck("c", { needs: ["b"] }),
      makeCheck("d"),
    ];
    const used = new Map<string, readonly string[] | null>();
    const run = await runChecks(plan(checks, one), (target, check, steps) => {
      used.set(check, target.pinned);
      return failing("a")(target, check, steps);
    });
    expect(told(run).filter((line) => line.includes("pass"))).toHaveLength(3);
    expect(Object.fromEntries(used)).toEqual({ a: null, b: ["10.0.1.10"], c: ["10.0.1.10"], d: null });
  });

  test("runs a check alone when it wants to be, and other targets meanwhile", async () => {
    const underWay = new Set<string>();
    const beside: string[] = [];
    let togetherMost = 0;
    const perform: Perform = async (target, check, steps) => {
      const key = `${target.id} ${check}`;
      underWay.add(key);
      const same = [...underWay].filter((other) => other !== key && other.startsWith(`${target.id} `));
      if (check === "alone" || same.includes(`${target.id} alone`)) beside.push(...same);
      togetherMost = Math.max(togetherMost, underWay.size);
      await turnOfTheLoop();
      await turnOfTheLoop();
      underWay.delete(key);
      return performAll(target, check, steps);
    };
    const checks = [
      ...["a", "b", "c"].map((id) => makeCheck(id)),
      makeCheck("alone", { alone: true, group: "connection" }),
      ...["d", "e"].map((id) => makeCheck(id, { group: "payload" })),
    ];
    const run = await runChecks(plan(checks, one, two), perform);
    expect(run.results.every(({ verdict }) => verdict.kind === "pass")).toBe(true);
    expect(beside).toEqual([]);
    expect(togetherMost).toBeGreaterThan(3);
  });

  test("keeps to its limits, overall and per target", async () => {
    const many = Array.from({ length: 12 }, (_, index) => makeCheck(`check-${index}`));
    const targets = Array.from({ length: 5 }, (_, index) => makeTarget("alb", { id: `t${index}` }));
    const underWay = new Map<string, number>();
    let most = 0;
    let mostOfOne = 0;
    const perform: Perform = async (target, check, steps) => {
      underWay.set(target.id, (underWay.get(target.id) ?? 0) + 1);
      const counts = [...underWay.values()];
      most = Math.max(
        most,
        counts.reduce((sum, count) => sum + count, 0),
      );
      mostOfOne = Math.max(mostOfOne, ...counts);
      await turnOfTheLoop();
      underWay.set(target.id, (underWay.get(target.id) ?? 0) - 1);
      return performAll(target, check, steps);
    };
    await runChecks(plan(many, ...targets), perform, { concurrency: 7, concurrencyPerTarget: 2 });
    expect({ most, mostOfOne }).toEqual({ most: 7, mostOfOne: 2 });
  });

  test("a perform that throws costs its own check only", async () => {
    const perform: Perform = (target, check, steps) => {
      if (check === "a") throw new TypeError("undefined is not a function");
      return performAll(target, check, steps);
    };
    expect(told(await runChecks(plan([makeCheck("a"), makeCheck("b")], one), perform))).toEqual([
      "one a: inconclusive, pathproof itself failed here (undefined is not a function); please report it",
      "one b: pass, answered",
    ]);
  });

  test("hands over each exchange once and each verdict with the progress", async () => {
    const exchanges: string[] = [];
    const progress: string[] = [];
    await runChecks(plan(chain, one), performAll, {
      onExchange: ({ target, check }) => exchanges.push(`${target} ${check}`),
      onVerdict: ({ verdict }, { done, total }) => progress.push(`${done}/${total} ${verdict.kind}`),
    });
    expect(exchanges.sort()).toEqual(["one a", "one b", "one c", "one d"]);
    expect(progress).toEqual(["1/4 pass", "2/4 pass", "3/4 pass", "4/4 pass"]);
  });

  test("interrupted, it keeps what was done and says of the rest that it was not", async () => {
    const stop = new AbortController();
    const perform: Perform = async (target, check, steps) => {
      if (check !== "b") return performAll(target, check, steps);
      stop.abort();
      return [makeFailed({ kind: "interrupted" }, { target: target.id, check })];
    };
    const run = await runChecks(plan(chain, one), perform, { signal: stop.signal, concurrencyPerTarget: 1 });
    expect(run.interrupted).toBe(true);
    expect(told(run)).toEqual([
      "one a: pass, answered",
      "one b: skipped, interrupted while it ran",
      "one d: skipped, interrupted before it ran",
      "one c: skipped, interrupted before it ran",
    ]);
  });

  test("aborted before it begins, it asks nothing", async () => {
    let asked = 0;
    const run = await runChecks(plan(chain, one), async () => [makeExchange({ step: `${asked++}` })], {
      signal: AbortSignal.abort(),
    });
    expect(asked).toBe(0);
    expect(told(run).every((line) => line.endsWith("skipped, interrupted before it ran"))).toBe(true);
  });

  test("two hundred targets with twenty checks each end soon", { timeout: 20_000 }, async () => {
    const targets = Array.from({ length: 200 }, (_, index) => makeTarget("alb", { id: `t${index}` }));
    const many = Array.from({ length: 20 }, (_, index) =>
      makeCheck(`check-${index}`, index === 0 ? {} : { needs: ["check-0"] }),
    );
    const { results } = await runChecks(plan(many, ...targets), performAll);
    expect(results).toHaveLength(4000);
    expect(results.every(({ verdict }) => verdict.kind === "pass")).toBe(true);
  });
});
