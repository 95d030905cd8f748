import type { Effects } from "../fault.ts";
import type { LabReply } from "../wire.ts";
import { announcingClose } from "./announcing-close.ts";

/** An announced length that never arrives in full. */
const missingBytes = 64;

/** A healthy reply, or what is left of it under a fault of the connection. */
export function misbehave(effect: Effects["connection"] | null, method: string, reply: LabReply): LabReply {
  if (effect === "close-every-time") return announcingClose(reply);
  if (effect === "truncate-body") return truncated(method, reply);
  return reply;
}

/** The body with its end cut off, behind headers that announce all of it, then FIN. */
function truncated(method: string, reply: LabReply): LabReply {
  if (reply.kind !== "response" || method === "HEAD" || reply.status === 204 || reply.status === 304) return reply;
  const body = Buffer.from(reply.body);
  const headers = reply.headers.filter(
    ([name]) => !["content-length", "transfer-encoding", "connection"].includes(name.toLowerCase()),
  );
  const head = [
    `HTTP/1.1 ${reply.status} ${reply.statusText}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length + missingBytes}`,
  ];
  const bytes = Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), body]);
  return { kind: "raw", afterMs: reply.afterMs, bytes, end: "fin" };
}
