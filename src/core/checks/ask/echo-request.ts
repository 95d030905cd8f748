import { echoBodyKey, type echoSwitch } from "#core/events/echo.ts";
import type { RequestToSend } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";

/** What is wanted of the echo function, by the names of its switches on the wire. */
export type Wanted = Partial<Readonly<Record<(typeof echoSwitch)[keyof typeof echoSwitch], string>>>;

/** Asks the echo function for something: in the query of the main request, or in the payload of a direct invocation. */
export function echoRequest(
  { requests: [main], echo }: Target,
  wanted: Wanted,
  body: string | null = null,
): RequestToSend {
  if (echo?.event === "direct") return invocation(main.path, wanted, body);
  const { method, path, headers } = main;
  const query = Object.entries(wanted).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    // A body wants a method that has one; what else the route takes is for the config's main request to say.
    method: body !== null && bodiless.includes(method) ? "POST" : method,
    path: query.length === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${query.join("&")}`,
    headers: body === null ? headers : { ...headers, "content-type": "text/plain" },
    body: body ?? (bodiless.includes(method) ? null : main.body),
  };
}

const bodiless: readonly string[] = ["GET", "HEAD", "DELETE", "OPTIONS"];

// RequestResponse whatever the config chose for its main request: only then there is an answer to read.
const invocation = (path: string, wanted: Wanted, body: string | null): RequestToSend => ({
  method: "POST",
  path,
  headers: { "content-type": "application/json", "x-amz-invocation-type": "RequestResponse" },
  body: JSON.stringify(body === null ? wanted : { ...wanted, [echoBodyKey]: body }),
});

/** The target as the echo function answers it: what the config expects of the main request is not expected of its answers. */
export const asEcho = (target: Target): Target => {
  const [main] = target.requests;
  return { ...target, requests: [{ ...main, expect: { statuses: [200], body: null, headers: {} } }], alsoAllowed: [] };
};
