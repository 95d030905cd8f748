import { type Ms, ms } from "#core/units.ts";
import type { Sample } from "./sample.ts";

/**
 * By how much the generator itself was late with a request that was answered: as its engine tells, or from due to sent on a
 * connection that was open already. Null where it cannot be known.
 */
export function latenessOf({ lateMs, responseMs, serviceMs, reusedSocket, suspectedRetry }: Sample): Ms | null {
  if (lateMs !== undefined) return lateMs;
  if (responseMs === null || serviceMs === null || !reusedSocket || suspectedRetry) return null;
  return ms(Math.max(0, responseMs - serviceMs));
}
