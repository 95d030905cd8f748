import { expect, test } from "vitest";
import { targetKinds } from "#core/targets/index.ts";
import { mannersOf } from "#node/lab/front/manners.ts";

const manners = Object.fromEntries(targetKinds.map((kind) => [kind.kind, mannersOf(kind, 0.01)]));

test("fronts have their kind's clocks, scaled", () => {
  expect(manners["alb"]).toMatchObject({ idleMs: 600, lifetimeMs: 36_000, lifetimeEnd: "announce", idleEnd: "fin" });
  expect(manners["lattice"]).toMatchObject({ idleMs: 600, lifetimeMs: 6000, lifetimeEnd: "close" });
  expect(manners["api-gateway"]).toMatchObject({ idleMs: 3100, lifetimeMs: null });
  expect(manners["lambda-endpoint"]).toMatchObject({ idleMs: 3500, idleEnd: "silent" });
  expect(manners["http"]).toMatchObject({ idleMs: null, lifetimeMs: null });
});

test("fronts take more header bytes than their kind does, so that the kind's own refusal can be given", () => {
  for (const { kind, limits } of targetKinds)
    expect(manners[kind]?.headerBytesMax).toBeGreaterThan((limits.requestHeaders?.value ?? 0) + 16_384);
});

test("h2 is offered where AWS documents it, and only where idle connections end on the wire", () => {
  const offering = Object.entries(manners).filter(([, { alpn }]) => alpn.includes("h2"));
  expect(offering.map(([kind]) => kind)).toEqual(["alb", "lattice"]);
  expect(offering.every(([, { idleEnd }]) => idleEnd === "fin")).toBe(true);
});
