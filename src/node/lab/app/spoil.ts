import type { Effects } from "../fault.ts";
import type { LabReply } from "../wire.ts";
import { answer } from "./reply.ts";

/** What the service behind a front does to an answer that was right: nothing, when it is well. */
export function spoil(reply: LabReply, service: Effects["service"]): LabReply {
  if (reply.kind !== "response" || reply.status >= 300) return reply;
  const json = [["content-type", "application/json"]] as const;
  switch (service) {
    case "unexpected-status":
      return answer(410, json, JSON.stringify({ error: "the orders service is being deployed" }), reply.afterMs);
    case "unexpected-body":
      return answer(reply.status, json, JSON.stringify({ notice: "this is the archive" }), reply.afterMs);
    default:
      return reply;
  }
}
