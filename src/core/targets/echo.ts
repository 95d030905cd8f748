import { type Bytes, bytes, kib } from "#core/units.ts";
import type { EchoForm, EventForm } from "./target.ts";

/** Room for the event around the body: headers, identity and the escaping of it all into JSON. */
const aroundTheBody = kib(64);

/**
 * How the echo function is reached. `said` is the config's `echo`, `true` standing for the front's usual form; `limit` is
 * what one event or response may measure as a whole.
 */
export function echoForm(said: EventForm | true | null, usual: EventForm, limit: Bytes): EchoForm | null {
  if (said === null) return null;
  return { event: said === true ? usual : said, requestBytesMax: bytes(limit - aroundTheBody) };
}
