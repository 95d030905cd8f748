import { describe, expect, test } from "vitest";
import { faults } from "#node/lab/faults/index.ts";
import { type FaultRequest, selectFaults } from "#node/lab/select-faults.ts";
import { labTargets } from "#node/lab/targets.ts";

const select = (...requests: readonly FaultRequest[]) => selectFaults(requests, labTargets, faults);

/** Id → effects, of the targets that have any. */
function hit(...requests: readonly FaultRequest[]): Record<string, unknown> {
  const selection = select(...requests);
  if (selection.kind === "refused") throw new Error(selection.message);
  const all = labTargets.map((target) => [target.id, selection.effectsOf(target)] as const);
  return Object.fromEntries(all.filter(([, effects]) => Object.keys(effects).length > 0));
}

const message = (...requests: readonly FaultRequest[]): string => {
  const selection = select(...requests);
  return selection.kind === "refused" ? selection.message : "selected";
};

describe("faults are selected", () => {
  test("for one target where one is named", () =>
    expect(hit({ name: "tcp-refused", target: "orders-alb" })).toEqual({ "orders-alb": { tcp: "refuse" } }));

  test("for every target that they fit where none is named", () => {
    expect(Object.keys(hit({ name: "tcp-refused", target: null })).sort()).toEqual(
      labTargets.map(({ id }) => id).sort(),
    );
    const lattice = labTargets.filter(({ kind }) => kind === "lattice").map(({ id }) => id);
    expect(Object.keys(hit({ name: "lattice-not-associated", target: null }))).toEqual(lattice);
  });

  test("faults of TLS spare targets on plain HTTP, and the other way round", () => {
    const https = labTargets.filter(({ scheme }) => scheme === "https").map(({ id }) => id);
    const http = labTargets.filter(({ scheme }) => scheme === "http").map(({ id }) => id);
    expect(Object.keys(hit({ name: "tls-expired", target: null }))).toEqual(https);
    expect(Object.keys(hit({ name: "plain-http-to-tls-port", target: null }))).toEqual(http);
  });

  test("several for one target are merged", () =>
    expect(
      hit({ name: "dns-one-zone-only", target: "orders-alb" }, { name: "reuse-refused", target: "orders-alb" }),
    ).toEqual({ "orders-alb": { dns: "one-zone", connection: "close-every-time" } }));

  test("an unknown fault, an unknown target and a misfit are each refused with what there is", () => {
    expect(message({ name: "tcp-nothing", target: null })).toMatch(
      /^there is no fault "tcp-nothing"; there are .*tcp-refused/,
    );
    expect(message({ name: "tcp-refused", target: "nobody" })).toMatch(
      /^the lab has no target "nobody"\. It has: .*orders-alb/,
    );
    expect(message({ name: "lattice-not-associated", target: "orders-alb" })).toMatch(
      /^fault lattice-not-associated does not fit target orders-alb; it fits orders-lattice, /,
    );
    expect(message({ name: "tls-expired", target: "plain" })).toMatch(/does not fit target plain/);
  });
});

describe("the list of faults", () => {
  test("has each name once, and each fault fits a target of each of its kinds", () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    const misfits = faults.flatMap(({ name, kinds }) => {
      const fitting = Object.keys(hit({ name, target: null }));
      const reached = new Set(labTargets.filter(({ id }) => fitting.includes(id)).map(({ kind }) => kind));
      return kinds.filter((kind) => !reached.has(kind)).map((kind) => `${name} fits no ${kind}`);
    });
    expect(misfits).toEqual([]);
  });
});
