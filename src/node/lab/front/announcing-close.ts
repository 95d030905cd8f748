import type { LabReply } from "../wire.ts";

/** The reply as the last one on its connection. */
export function announcingClose(reply: LabReply): LabReply {
  if (reply.kind !== "response") return reply;
  const headers = reply.headers.filter(([name]) => name.toLowerCase() !== "connection");
  return { ...reply, headers: [...headers, ["connection", "close"]] };
}
