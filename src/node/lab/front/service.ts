import type { Effects } from "../fault.ts";
import type { App, LabReply, LabRequest } from "../wire.ts";
import { announcingClose } from "./announcing-close.ts";
import type { Link } from "./link.ts";
import type { Manners } from "./manners.ts";
import { misbehave } from "./misbehave.ts";
import type { StaleReuse } from "./stale-reuse.ts";
import { wait } from "./wait.ts";

/** What the connections of one front have in common. */
export interface Service {
  readonly scheme: "http" | "https";
  readonly manners: Manners;
  readonly effect: Effects["connection"] | null;
  /** Null: every request on a reused connection is answered. */
  readonly staleReuse: StaleReuse | null;
  readonly app: App;
}

/** A request apart from what the connection itself says of it. */
export type Message = Pick<LabRequest, "method" | "path" | "headers" | "body">;

/** Asks the application, and spoils its reply where the front's fault asks for that. */
export async function answer({ scheme, effect, app }: Service, link: Link, message: Message): Promise<LabReply> {
  if (effect === "no-answer") return { kind: "hang" };
  const { remoteAddress = "", localAddress = "", localPort = 0 } = link.raw;
  const requestsBefore = link.begun - 1;
  const connection = { scheme, serverName: link.serverName, remoteAddress, localAddress, localPort, requestsBefore };
  const reply = await app({ ...message, ...connection });
  return misbehave(effect, message.method, link.lastAnswer ? announcingClose(reply) : reply);
}

/** As long as a FIN may be under way: a client that asks again at once has not heard of it. */
const closedAfterMs = 50;

/** What the connection is to suffer once its first answer is out. */
export function afterAnswer({ effect }: Service, link: Link): void {
  if (effect === "reset-on-reuse") link.expire("rst-on-next-byte");
  if (effect === "silent-on-reuse") link.expire("silent");
  if (effect === "close-unannounced") {
    link.expire("silent");
    void wait(closedAfterMs, link.gone).then((open) => open && link.close());
  }
}
