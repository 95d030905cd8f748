import type { LabReply, LabRequest } from "../wire.ts";
import { hostOf } from "./message.ts";
import { answer } from "./reply.ts";

/** What a Squid in the way answers in place of the front, as its own headers tell. */
export function proxyPage(request: LabRequest): LabReply {
  const title = "ERROR: The requested URL could not be retrieved";
  return answer(
    403,
    [
      ["server", "squid/5.7"],
      ["content-type", "text/html;charset=utf-8"],
      ["x-squid-error", "ERR_ACCESS_DENIED 0"],
      ["x-cache", "MISS from proxy.example.internal"],
      ["via", "1.1 proxy.example.internal (squid/5.7)"],
    ],
    `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1>` +
      `<p>Access to ${hostOf(request)} was denied by the proxy.</p></body></html>\n`,
  );
}
