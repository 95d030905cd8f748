import { expect, test } from "vitest";
import { findIdle, jitterThatCounts } from "#core/keepalive/find-idle.ts";
import { bytes } from "#core/units.ts";
import { type Ended, kept } from "../../support/kept.ts";
import { makeConnection } from "../../support/make.ts";

const find = (...ended: readonly Ended[]) => findIdle(ended.flatMap(kept));

test("a close that was seen is the timeout itself", () => {
  expect(
    find({ idleMs: 1000, how: "survived" }, { idleMs: 5001, how: "fin" }, { idleMs: 5002, how: "fin" }),
  ).toMatchObject([{ longestSurvivedMs: 1000, shortestClosedMs: 5001, closeKind: "fin", exact: true, layer: "l7" }]);
});

test("a reset on the next byte lies between what was survived and what was not, the answer's own time added", () => {
  const ended = { idleMs: 6000, how: "rst-on-next-byte", serviceMs: 7 } as const;
  expect(find({ idleMs: 4000, how: "survived" }, ended, { idleMs: 9000, how: "rst-on-next-byte" })).toMatchObject([
    { longestSurvivedMs: 4000, shortestClosedMs: 6007, closeKind: "rst-on-next-byte", exact: false, layer: null },
  ]);
});

test("a request that met the close is not taken for another kind of end", () => {
  expect(find({ idleMs: 4990, how: "rst-on-next-byte" }, { idleMs: 5000, how: "fin" })).toMatchObject([
    { shortestClosedMs: 5000, closeKind: "fin", exact: true },
  ]);
});

test("an answer that was read late does not make the silence shorter", () => {
  const late = { idleMs: 4700, how: "fin", serviceMs: 310 } as const;
  expect(find(late, { idleMs: 5001, how: "fin", serviceMs: 1 })).toMatchObject([{ shortestClosedMs: 5001 }]);
  // But one that is shorter for certain is.
  expect(find({ ...late, serviceMs: 100 }, { idleMs: 5001, how: "fin" })).toMatchObject([{ shortestClosedMs: 4800 }]);
});

test("what TCP keep-alive keeps alive was ended by a timer of the flow", () => {
  const silent = { idleMs: 360_000, how: "silent" } as const;
  const probed = { idleMs: 400_000, tcpKeepAlive: true } as const;
  expect(find(silent, { ...probed, how: "survived" })).toMatchObject([{ layer: "l4", closeKind: "silent" }]);
  expect(find(silent, { ...probed, how: "fin" })).toMatchObject([{ layer: "l4" }]);
  expect(find(silent, { ...probed, how: "silent" })).toMatchObject([{ layer: "l7" }]);
});

test("nothing that ended means more than the longest silence, and addresses are found apart", () => {
  const found = find(
    { idleMs: 400_000, how: "survived" },
    { idleMs: 60_000, how: "fin", address: "10.0.2.10", keepAlive: "timeout=60, max=99" },
  );
  expect(found).toMatchObject([
    { address: "10.0.1.10", longestSurvivedMs: 400_000, shortestClosedMs: null, closeKind: "none" },
    { address: "10.0.2.10", shortestClosedMs: 60_000, hints: { timeoutMs: 60_000, max: 99 } },
  ]);
});

test("a timeout that is not the same for all says so", () => {
  expect(find({ idleMs: 5000, how: "fin" }, { idleMs: 8000, how: "survived" })).toMatchObject([
    { shortestClosedMs: 5000, survivedBeyondMs: 8000 },
  ]);
});

test("jitter of the path is told, and within it nothing is called another end or another timeout", () => {
  const served = [20, 80, 140, 200, 260, 320, 380].map((serviceMs) => ({ serviceMs }));
  const closed = served.map((one) => ({ ...one, idleMs: 2000 - one.serviceMs / 2, how: "fin" }) as const);
  const found = find(...closed, { idleMs: 2050, how: "survived" }, { idleMs: 1720, how: "rst-on-next-byte" });
  expect(found).toMatchObject([{ closeKind: "fin", jitterMs: 319, survivedBeyondMs: null }]);
  expect(found.map(jitterThatCounts)).toEqual([319]);
  expect(find({ idleMs: 2000, how: "fin" }).map(jitterThatCounts)).toEqual([null]);
});

test("a function that starts cold once is no jitter", () => {
  const usual = Array.from({ length: 18 }, () => ({ idleMs: 5000, how: "fin" }) as const);
  expect(find(...usual, { idleMs: 5000, how: "fin", serviceMs: 900 })).toMatchObject([{ jitterMs: 0 }]);
});

test("PINGs that came in silence are counted, the most on one connection", () => {
  const [first, again] = kept({ idleMs: 5000, how: "survived" });
  const pinged = (pings: number) => ({
    ...again,
    connection: makeConnection({
      ...again.connection,
      unasked: { bytes: bytes(0), text: "", goaway: false, pings },
    }),
  });
  expect(findIdle([first, pinged(3)])).toMatchObject([{ pings: 3, unasked: null }]);
  expect(findIdle([first, again])).toMatchObject([{ pings: 0 }]);
});
