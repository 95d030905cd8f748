import { describe, expect, test } from "vitest";
import { gate, reachable, type Standing, standing } from "#core/plan/gate.ts";
import { inconclusive, pass, skipped } from "#core/verdicts/verdict.ts";
import { makeExchange, makeTarget } from "../../support/make.ts";
import { makeCheck } from "./support.ts";

const open = (...at: readonly string[]): Standing => ({ kind: "open", at });
const anywhere: Standing = { kind: "open", at: null };
const shut: Standing = { kind: "shut", by: "name-resolves" };
const target = makeTarget("alb");

describe("gate()", () => {
  test.each<[string, readonly Standing[], Standing]>([
    ["without needs everything is open", [], anywhere],
    ["one that is shut shuts", [anywhere, shut, open("a")], shut],
    ["addresses are those that all leave", [anywhere, open("a", "b"), open("b", "c")], open("b")],
  ])("%s", (_, needs, expected) => {
    expect(gate(needs)).toEqual(expected);
  });
});

describe("standing()", () => {
  const check = makeCheck("connects");
  test("a pass leaves things as they were", () => {
    expect(standing(check, pass("yes"), [], target, open("a"))).toEqual(open("a"));
  });
  test.each([inconclusive("perhaps"), skipped("no")])("anything else shuts", (verdict) => {
    expect(standing(check, verdict, [], target, anywhere)).toEqual({ kind: "shut", by: "connects" });
  });
  test("what was shut before names the first that did not pass", () => {
    expect(standing(check, skipped("not asked"), [], target, shut)).toEqual(shut);
  });
  test("a check may leave addresses at which to go on", () => {
    const partly = makeCheck("connects", { goOnAt: (seen) => seen.map(({ address }) => address ?? "") });
    const seen = [makeExchange(), makeExchange(), makeExchange({ address: "10.0.2.10" })];
    expect(standing(partly, inconclusive("some"), seen, target, open("10.0.1.10", "10.0.3.10"))).toEqual(
      open("10.0.1.10"),
    );
    expect(standing(partly, inconclusive("none"), [], target, anywhere)).toEqual({ kind: "shut", by: "connects" });
  });
});

test("reachable() pins a target to the addresses that work, and leaves others alone", () => {
  expect(reachable(target, { kind: "open", at: null })).toBe(target);
  expect(reachable(target, { kind: "open", at: ["10.0.1.10"] }).pinned).toEqual(["10.0.1.10"]);
});
