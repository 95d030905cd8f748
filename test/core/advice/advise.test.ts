import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advise } from "#core/advice/advise.ts";
import * as registry from "#core/advice/clients/registry.ts";
import { adviceClients } from "#core/advice/index.ts";
import type { Measured } from "#core/advice/measured.ts";
import { ms } from "#core/units.ts";

const measured = (over: Partial<Measured> = {}): Measured => ({
  survivedMs: ms(40_000),
  closedMs: ms(60_000),
  exact: true,
  closeKind: "fin",
  layer: "l7",
  lifetimeMs: null,
  requestsMax: null,
  rttMs: ms(1),
  ...over,
});

describe("advise()", () => {
  test("drops idle connections at four fifths of a timeout that was seen, less two round trips", () => {
    expect(advise(measured())?.idleDropMs).toBe(47_000);
    expect(advise(measured({ closedMs: ms(600), rttMs: ms(3) }))?.idleDropMs).toBe(474);
  });

  test("goes by the longest silence survived where the timeout itself was not seen", () => {
    expect(advise(measured({ exact: false, closeKind: "silent" }))?.idleDropMs).toBe(31_000);
    expect(advise(measured({ exact: false, closedMs: null, closeKind: "none" }))?.idleDropMs).toBe(31_000);
  });

  test("advises nothing where no silence is known to be safe", () => {
    expect(advise(measured({ exact: false, survivedMs: null }))).toBeNull();
    expect(advise(measured({ closedMs: ms(1) }))).toBeNull();
  });

  test("replaces connections before they end of age", () => {
    expect(advise(measured({ lifetimeMs: ms(600_000) }))).toMatchObject({ ageMaxMs: 540_000, ageJitter: 0.1 });
  });

  test("no client is ever advised to keep a connection as long as the other side does", () => {
    const times = fc.double({ min: 1, max: 4e6, noNaN: true });
    fc.assert(
      fc.property(times, times, fc.boolean(), (a, b, exact) => {
        const [survived, closed] = [Math.min(a, b), Math.max(a, b)];
        const settings = advise(measured({ survivedMs: ms(survived), closedMs: ms(closed), exact }));
        if (settings === null) return;
        expect(settings.idleDropMs).toBeLessThanOrEqual(0.8 * (exact ? closed : survived));
      }),
    );
  });
});

describe("the clients", () => {
  test("are listed under their own ids", () => {
    const camel = (id: string): string => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    expect(Object.keys(registry).toSorted()).toEqual(adviceClients.map(({ id }) => camel(id)).toSorted());
  });

  test.each(adviceClients)(
    "$id has a snippet with the measured times in it, and notes that are sentences",
    (client) => {
      const settings = advise(measured({ closedMs: ms(60_000), lifetimeMs: ms(600_000) }));
      if (settings === null) throw new Error("no settings");
      const { code, notes } = client.snippet(settings);
      expect(code).toMatch(/47|47_?000|47s/);
      expect(code).not.toMatch(/undefined|NaN|null/);
      expect(notes.filter((note) => !/^[A-Za-z`].*\.$/s.test(note))).toEqual([]);
    },
  );
});
