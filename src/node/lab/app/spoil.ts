import type { Effects } from "../fault.ts";
import type { LabReply } from "../wire.ts";
import { answer } from "./reply.ts";

const json = [["content-type", "application/json"]] as const;

/** What answers where orders were asked for and something else was reached. */
export const archived = answer(200, json, JSON.stringify({ notice: "this is the archive" }));

const moved = answer(410, json, JSON.stringify({ error: "the orders service has moved" }));

/** What the service behind a front makes of an answer that was right: the same, when it is well. */
export function spoil(reply: LabReply, service: Effects["service"]): LabReply {
  if (reply.kind !== "response" || reply.status !== 200) return reply;
  switch (service) {
    case "unexpected-status":
      return moved;
    case "unexpected-body":
      return archived;
    default:
      return reply;
  }
}
