import { type Bytes, bytes, kib } from "#core/units.ts";
import type { LabRequest } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { kindOf } from "./deployment.ts";
import { headerBytes } from "./message.ts";

// A fault's limits: below what checks send, above what an ordinary request needs.
const smallBody = kib(16);
const smallHeaders = kib(3);
// Where no echo function can be asked for more, an ordinary request must be too much already.
const tinyHeaders = bytes(32);

/** The limit that a request exceeds, or null. */
export function exceeds(
  target: LabTarget,
  { effects }: Surroundings,
  what: "requestBody" | "requestHeaders",
  request: LabRequest,
): { readonly bytes: Bytes } | null {
  const { limits, events } = kindOf(target);
  const usual = limits[what]?.value ?? null;
  const fewHeaders = events.length === 0 ? tinyHeaders : smallHeaders;
  const [faulty, size] =
    what === "requestBody"
      ? [effects.service === "small-payload-limit" ? smallBody : null, request.body.length]
      : [effects.service === "small-header-limit" ? fewHeaders : null, headerBytes(request)];
  const limit = faulty ?? usual;
  return limit !== null && size > limit ? { bytes: limit } : null;
}
