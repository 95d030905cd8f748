import { describe, expect, test } from "vitest";
import { pricesShape } from "#core/config/prices.ts";

const origin = { region: "eu-west-1", asOf: "2026-11", source: "our contract" };
const read = (usd: object) => pricesShape.read({ ...origin, usd }, ["compare", "prices"]);

describe("one's own prices", () => {
  test("are one number or tiers, and only those that are named", () => {
    expect(read({ "lattice-gb": 0.028, "api-million-requests": [{ upTo: 333, usd: 3.7 }, { usd: 3.19 }] })).toEqual({
      kind: "ok",
      value: {
        ...origin,
        usd: {
          "lattice-gb": [{ upTo: null, usd: 0.028 }],
          "api-million-requests": [
            { upTo: 333, usd: 3.7 },
            { upTo: null, usd: 3.19 },
          ],
        },
      },
    });
  });

  test.each([
    ["a price in words", { "lattice-gb": "0.028" }],
    ["a price below nothing", { "lattice-gb": -1 }],
    ["tiers that end", { "lattice-gb": [{ upTo: 3, usd: 1 }] }],
    ["tiers that fall", { "lattice-gb": [{ upTo: 3, usd: 1 }, { upTo: 2, usd: 1 }, { usd: 1 }] }],
    ["a price of nothing we know", { "lattice-gbs": 1 }],
  ])("%s is refused", (_, usd) => {
    expect(read(usd).kind).toBe("problems");
  });
});
