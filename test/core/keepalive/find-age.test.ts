import { expect, test } from "vitest";
import { findAge } from "#core/keepalive/find-age.ts";
import { endedOfAge, findRequests } from "#core/keepalive/find-requests.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { ms } from "#core/units.ts";
import { makeConnection, makeExchange } from "../../support/make.ts";

/** A connection that is asked every so often until it ends, in silence or by announcement. */
function life(id: number, paceMs: number, requests: number, end: "none" | "fin" | "announced"): readonly Exchange[] {
  const exchanges = Array.from({ length: requests }, (_, index) => {
    const exchange = makeExchange({
      connection: makeConnection({ id, ageMs: ms(index * paceMs), requestsBefore: index, reusedSocket: index > 0 }),
    });
    const last = index === requests - 1 && end === "announced" && exchange.outcome.kind === "answered";
    return last ? { ...exchange, outcome: { ...exchange.outcome, keptAlive: false } } : exchange;
  });
  if (end !== "fin") return exchanges;
  const connection = makeConnection({
    id,
    ageMs: ms(requests * paceMs - 1),
    idleMs: ms(paceMs - 1),
    reusedSocket: true,
  });
  return [
    ...exchanges,
    makeExchange({ connection, outcome: { kind: "failed", failure: { kind: "closed", phase: "idle" } } }),
  ];
}

test("what ends both connections at the same age is age", () => {
  expect(findAge([...life(1, 100, 60, "fin"), ...life(2, 200, 30, "fin")])).toMatchObject([
    { endedMs: 5999, end: "fin", byAge: true },
  ]);
});

test("what ends the busier one only was a number of requests", () => {
  expect(findAge([...life(1, 100, 20, "announced"), ...life(2, 200, 30, "none")])).toMatchObject([
    { endedMs: 1900, end: "announced", requests: 20, byAge: false, uncertainMs: 100 },
  ]);
});

test("what ends after a request or two was silence", () => {
  expect(findAge([...life(1, 100, 1, "fin"), ...life(2, 200, 1, "fin")])).toMatchObject([{ byAge: false }]);
});

test("a connection that does not end has lived for so long at least", () => {
  expect(findAge(life(1, 100, 11, "none"))).toMatchObject([{ livedMs: 1000, endedMs: null, end: "none" }]);
});

test("a number of requests tells nothing where the connection was as old as busy ones become", () => {
  const [young] = findRequests(life(3, 10, 30, "announced"));
  const [old] = findRequests(life(4, 10, 600, "announced"));
  const ages = findAge([...life(1, 100, 60, "fin"), ...life(2, 200, 30, "fin")]);
  expect([young, old].map((one) => one && [one.endedMs, endedOfAge(one, ages, null)])).toEqual([
    [290, false],
    [5990, true],
  ]);
  const byNumber = findAge([...life(1, 100, 60, "announced"), ...life(2, 200, 60, "none")]);
  expect(old && endedOfAge(old, byNumber, ms(6000))).toBe(false);
  // Where age was not asked for, the published one tells.
  expect([ms(6000), ms(9000), null].map((expectedMs) => old && endedOfAge(old, [], expectedMs))).toEqual([
    true,
    false,
    false,
  ]);
});

test("the last answer says that it is the last, or it does not", () => {
  expect(findRequests(life(1, 1, 7, "announced"))).toMatchObject([{ answered: 7, end: "announced" }]);
  expect(findRequests(life(1, 1, 7, "fin"))).toMatchObject([{ answered: 7, end: "fin" }]);
  expect(findRequests(life(1, 1, 7, "none"))).toMatchObject([{ answered: 7, end: "none" }]);
});
