import type { EventForm } from "#core/targets/target.ts";
import { albEvent } from "./alb-event.ts";
import { apiGatewayEvent } from "./api-gateway-event.ts";
import type { FrontRequest } from "./front-request.ts";
import type { Json } from "./json.ts";
import { latticeV1Event, latticeV2Event } from "./lattice-event.ts";
import { readPayload } from "./payload.ts";

function directEvent({ body }: FrontRequest): Json {
  const payload = readPayload(body !== null && "text" in body ? body.text : "");
  if (payload.kind === "not-json") throw new RangeError("the payload is not JSON; ask readPayload before building");
  return payload.event;
}

/**
 * The event that a front hands to the function behind it.
 *
 * @throws RangeError for form `direct` when the body is not JSON: Lambda refuses such a call before there is an event
 */
export function buildEvent(form: EventForm, request: FrontRequest): Json {
  switch (form) {
    case "lattice-v1":
      return latticeV1Event(request);
    case "lattice-v2":
      return latticeV2Event(request);
    case "alb":
      return albEvent(request, false);
    case "alb-multi-value":
      return albEvent(request, true);
    case "api-gateway":
      return apiGatewayEvent(request);
    case "direct":
      return directEvent(request);
  }
}
