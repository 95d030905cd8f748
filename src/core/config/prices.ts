import type { OwnPrices, PriceName, Tier } from "#core/cost/prices.ts";
import { list } from "./collection.ts";
import { object, optional, required } from "./object.ts";
import type { Path } from "./problem.ts";
import { line, text } from "./scalar.ts";
import { ok, type Read, refine, refuse, type Shape } from "./shape.ts";

const amount: Shape<number> = {
  schema: { type: "number", minimum: 0 },
  read: (input, path) =>
    typeof input === "number" && Number.isFinite(input) && input >= 0
      ? ok(input)
      : refuse(path, "US dollars as a number, such as 0.011"),
};

const units: Shape<number> = {
  schema: { type: "number", exclusiveMinimum: 0 },
  read: (input, path) =>
    typeof input === "number" && Number.isFinite(input) && input > 0
      ? ok(input)
      : refuse(path, "a number of units a month, such as 333"),
};

const tier = object({
  upTo: optional(units, "Units a month up to which this price holds; the last tier has none."),
  usd: required(amount, "US dollars a unit."),
});

/** One price, or tiers with the last one open. */
const price: Shape<readonly [Tier, ...Tier[]]> = {
  schema: { anyOf: [amount.schema, list(tier, "tiers").schema] },
  read(input, path) {
    if (!Array.isArray(input)) {
      const read = amount.read(input, path);
      if (read.kind === "ok") return ok([{ upTo: null, usd: read.value }]);
      return refuse(path, "US dollars a unit, such as 0.011, or a list of tiers { upTo, usd }");
    }
    const read = list(tier, "tiers").read(input, path);
    return read.kind === "ok" ? ascending(read.value, path) : read;
  },
};

function ascending(tiers: readonly Tier[], path: Path): Read<readonly [Tier, ...Tier[]]> {
  const [first, ...rest] = tiers;
  const bounds = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
  const rises = bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0));
  if (first === undefined || !rises || bounds.at(-1) !== Number.POSITIVE_INFINITY)
    return refuse(path, "tiers whose upTo rises, the last without one", "tiers in another order");
  return ok([first, ...rest]);
}

const each = (what: string) => optional(price, what);

const usd = object({
  "endpoint-zone-hour": each("An interface endpoint, an hour in one zone."),
  "endpoint-gb": each("A GB through an interface endpoint."),
  "lattice-service-hour": each("A VPC Lattice service, an hour."),
  "lattice-gb": each("A GB through VPC Lattice."),
  "lattice-million-requests": each("A million requests to VPC Lattice beyond those that are free."),
  "alb-hour": each("A load balancer, an hour."),
  "alb-lcu-hour": each("A load balancer capacity unit, an hour."),
  "api-million-requests": each("A million requests to a REST API."),
} satisfies Record<PriceName, unknown>);

const written = object({
  region: required(line("a region", "eu-west-1"), "Where these prices hold."),
  asOf: required(
    text({
      expected: 'the year and month in which they were seen, such as "2026-11"',
      pattern: /^\d{4}-\d{2}$/,
      example: "2026-11",
    }),
    "When they were seen.",
  ),
  source: required(
    line("where they are from, such as a URL or a contract's name", "https://aws.amazon.com/vpc/lattice/pricing/"),
    "Where they are from.",
  ),
  usd: required(usd, "US dollars a unit: one number, or tiers."),
});

export const pricesShape: Shape<OwnPrices> = refine(written, ({ region, asOf, source, usd: own }) =>
  ok({ region, asOf, source, usd: Object.fromEntries(Object.entries(own).filter(([, tiers]) => tiers !== null)) }),
);
