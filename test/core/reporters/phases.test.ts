import { describe, expect, test } from "vitest";
import { waterfalls } from "#core/reporters/phases.ts";
import { makeCheck, makeReport } from "../../support/report.ts";

const whole = { connectMs: 0.4, tlsMs: 3, sendMs: 0.1, waitMs: 12, receiveMs: 0.2, serviceMs: 12.3 };
const answered = (target: string, measures: Readonly<Record<string, number>>) =>
  makeCheck({ target, check: "signed-is-answered", title: "A signed request gets through", measures });

describe("waterfalls()", () => {
  test("has the phases of one request in their order on the wire, the name's resolution from the check that asks for it", () => {
    const checks = [makeCheck({ measures: { dnsMs: 1.5, addresses: 2 } }), answered("orders-lattice", whole)];
    const [fall] = waterfalls(makeReport({ checks }));
    expect(fall?.phases.map(({ name, ms }) => [name, ms])).toEqual([
      ["dns", 1.5],
      ["connect", 0.4],
      ["tls", 3],
      ["send", 0.1],
      ["wait", 12],
      ["receive", 0.2],
    ]);
    expect(fall?.totalMs).toBeCloseTo(17.2);
  });

  test("leaves out phases that did not take place, and targets that never got an answer on a fresh connection", () => {
    const { tlsMs, ...plain } = whole;
    const checks = [answered("orders-alb", plain), answered("orders-lattice", { serviceMs: 2, waitMs: 2 })];
    const falls = waterfalls(makeReport({ checks }));
    expect(falls.map(({ target }) => target)).toEqual(["orders-alb"]);
    expect(falls[0]?.phases.map(({ name }) => name)).toEqual(["connect", "send", "wait", "receive"]);
  });

  test("puts the slowest target first", () => {
    const checks = [answered("orders-lattice", whole), answered("orders-alb", { ...whole, waitMs: 90 })];
    expect(waterfalls(makeReport({ checks })).map(({ target }) => target)).toEqual(["orders-alb", "orders-lattice"]);
  });
});
