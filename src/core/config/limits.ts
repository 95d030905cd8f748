import { isRange } from "#core/targets/address-class.ts";
import { minutes, perSecond } from "#core/units.ts";
import { list } from "./collection.ts";
import type { Limits } from "./config.ts";
import { object, withDefault } from "./object.ts";
import { duration, rate } from "./quantity.ts";
import { ok, refuse, type Shape } from "./shape.ts";

export const limitsDefault: Limits = { maxRate: perSecond(2000), maxDurationMs: minutes(60), allow: ["private"] };

const words: readonly string[] = ["private", "public", "sts"];

const allowed: Shape<string> = {
  schema: { type: "string", examples: ["private", "public", "sts", "10.0.0.0/8"] },
  read: (input, path) =>
    typeof input === "string" && (words.includes(input) || isRange(input))
      ? ok(input)
      : refuse(path, '"private", "public", "sts", an address, or a CIDR range such as "52.94.0.0/16"'),
};

export const limitsShape = object({
  maxRate: withDefault(rate("2000/s"), limitsDefault.maxRate, "No load may be set faster than this.", "2000/s"),
  maxDuration: withDefault(duration("1h"), limitsDefault.maxDurationMs, "Nor run longer, warm-up included.", "1h"),
  allow: withDefault(
    list(allowed, "address ranges"),
    limitsDefault.allow,
    "Where traffic may go: private (loopback, RFC 1918, 100.64/10, link-local, ULA), public, addresses or CIDR ranges; sts: credentials may be asked for at public addresses, and nothing else.",
    ["private"],
  ),
});
