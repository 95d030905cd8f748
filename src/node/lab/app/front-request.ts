import { bodyEncoding } from "#core/events/body-encoding.ts";
import type { Caller, EventBody, FrontNames, FrontRequest } from "#core/events/front-request.ts";
import type { Principal } from "#core/policies/access.ts";
import type { EventForm } from "#core/targets/target.ts";
import type { LabRequest } from "../wire.ts";
import { clientVpc, clientVpce } from "./names.ts";

export interface Accepted {
  readonly request: LabRequest;
  readonly principal: Principal;
  readonly accessKeyId: string;
  readonly form: EventForm;
  readonly names: FrontNames;
  readonly requestId: string;
}

/** An accepted request in the form events are built from. */
export function frontRequest({ request, principal, accessKeyId, form, names, requestId }: Accepted): FrontRequest {
  return {
    method: request.method,
    path: request.path,
    headers: request.headers,
    body: bodyOf(request, form),
    scheme: request.scheme,
    port: request.localPort,
    caller: callerOf(principal, accessKeyId),
    source: { ip: request.remoteAddress, vpc: clientVpc, vpce: form === "api-gateway" ? clientVpce : null },
    names,
    requestId,
    timeEpochMs: Date.now(),
  };
}

function bodyOf({ body, headers }: LabRequest, form: EventForm): EventBody | null {
  if (body.length === 0) return null;
  return bodyEncoding(form, headers) === "text" ? { text: body.toString() } : { base64: body.toString("base64") };
}

function callerOf(principal: Principal, accessKeyId: string): Caller {
  if (principal.kind === "anonymous") return { kind: "anonymous" };
  const sessionName = principal.type === "AssumedRole" ? (principal.arn.split("/").at(-1) ?? null) : null;
  return {
    kind: "iam",
    arn: principal.arn,
    account: principal.account,
    orgId: null,
    sessionName,
    accessKeyId,
    userId: `AROAEXAMPLELABROLE000:${sessionName ?? ""}`,
  };
}
