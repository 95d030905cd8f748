import { describe, expect, test } from "vitest";
import { checks } from "#core/checks/index.ts";
import { judgeSaved } from "#core/plan/judge-saved.ts";
import { inconclusive } from "#core/verdicts/verdict.ts";
import { makeExchange, makeFailed, makeTarget } from "../../support/make.ts";
import { makeCheck } from "./support.ts";

const a = makeTarget("alb", { id: "a" });
const b = makeTarget("alb", { id: "b" });
const first = makeCheck("first", { group: "network" });
const second = makeCheck("second", { needs: ["first"] });

const seen = (target: string, check: string) => makeExchange({ target, check });
const summaries = (results: ReturnType<typeof judgeSaved>) =>
  results.map(({ target, check, verdict }) => [target, check, verdict.kind, verdict.summary]);

describe("judgeSaved()", () => {
  test("judges each check of each target by its own exchanges, in the order of a plan", () => {
    const saved = [seen("b", "first"), seen("a", "second"), seen("a", "first"), seen("a", "first"), seen("x", "first")];
    expect(summaries(judgeSaved(saved, [a, b], [second, first]))).toEqual([
      ["a", "first", "pass", "2 seen"],
      ["a", "second", "pass", "1 seen"],
      ["b", "first", "pass", "1 seen"],
      ["b", "second", "skipped", "not asked in the saved run"],
    ]);
  });

  test("adds up the time of the exchanges", () => {
    expect(judgeSaved([seen("a", "first"), seen("a", "first")], [a], [first])[0]?.elapsedMs).toBe(24);
  });

  test("what needs a check that no longer passes is skipped, whatever was seen of it", () => {
    const doubting = { ...first, judge: () => inconclusive("no longer sure") };
    expect(summaries(judgeSaved([seen("a", "first"), seen("a", "second")], [a], [doubting, second]))).toEqual([
      ["a", "first", "inconclusive", "no longer sure"],
      ["a", "second", "skipped", "not asked, because first did not pass"],
    ]);
  });

  test("an exchange that was interrupted is no verdict on the target", () => {
    const cut = makeFailed({ kind: "interrupted" }, { target: "a", check: "first" });
    expect(judgeSaved([seen("a", "first"), cut], [a], [first])[0]).toMatchObject({
      verdict: { kind: "skipped", summary: "interrupted while it ran" },
      elapsedMs: 0,
    });
  });

  test("a mistake in judging is told, and takes no other result with it", () => {
    const broken = makeCheck("broken", {
      judge: () => {
        throw new RangeError("no such thing");
      },
    });
    const results = judgeSaved([seen("a", "broken"), seen("a", "first")], [a], [broken, first]);
    expect(summaries(results)).toEqual([
      ["a", "first", "pass", "1 seen"],
      ["a", "broken", "inconclusive", "pathproof itself failed here (no such thing); please report it"],
    ]);
  });

  test("tells from the exchanges with what a run could sign", () => {
    const target = makeTarget("lambda-endpoint", { id: "a" });
    const wrong = seen("a", "wrong-service-is-refused");
    const asked = { ...wrong, sent: { ...wrong.sent, signing: "wrong-service" as const } };
    const missingToken = judgeSaved([asked], [target], checks).find(
      ({ check }) => check === "missing-token-is-refused",
    );
    expect(missingToken?.verdict.summary).toContain("not temporary");
  });
});
