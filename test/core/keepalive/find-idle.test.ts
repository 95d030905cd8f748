import { expect, test } from "vitest";
import { findIdle } from "#core/keepalive/find-idle.ts";
import { type Ended, kept } from "../../support/kept.ts";

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
