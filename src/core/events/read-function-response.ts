import type { EventForm } from "#core/targets/target.ts";
import { readApiGatewayResponse } from "./api-gateway-response.ts";
import { isJson } from "./json.ts";
import { readProxyResponse } from "./proxy-response.ts";
import type { FunctionResponse } from "./response.ts";

/** Whatever a directly invoked function returns is the answer; nothing at all is `null`. */
function readDirectResponse(value: unknown): FunctionResponse {
  const result = value ?? null;
  if (!isJson(result)) return { kind: "invalid", problem: "the function's result cannot be written as JSON" };
  return {
    kind: "ok",
    status: 200,
    statusText: null,
    headers: [["content-type", "application/json"]],
    body: { text: JSON.stringify(result) },
  };
}

/** Reads what a function returned the way the front of that form does: as a response, or as not being one. */
export function readFunctionResponse(form: EventForm, value: unknown): FunctionResponse {
  switch (form) {
    case "direct":
      return readDirectResponse(value);
    case "api-gateway":
      return readApiGatewayResponse(value);
    case "lattice-v1":
    case "lattice-v2":
      return readProxyResponse(value, "either");
    case "alb":
      return readProxyResponse(value, "headers");
    case "alb-multi-value":
      return readProxyResponse(value, "multiValueHeaders");
  }
}
