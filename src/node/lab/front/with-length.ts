import type { LabReply } from "../wire.ts";

type Response = Extract<LabReply, { kind: "response" }>;

/** Adds the length where the application left the framing to its front: Node would send such a body in chunks. */
export function withLength(method: string, reply: Response): Response {
  const framed = reply.headers.some(([name]) => ["content-length", "transfer-encoding"].includes(name.toLowerCase()));
  const bodiless = reply.status < 200 || reply.status === 204 || reply.status === 304;
  const unknown = method === "HEAD" && reply.body.length === 0;
  if (framed || bodiless || unknown) return reply;
  return { ...reply, headers: [...reply.headers, ["content-length", String(Buffer.byteLength(reply.body))]] };
}
