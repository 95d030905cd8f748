import type { EventForm } from "#core/targets/target.ts";
import type { Headers } from "./front-request.ts";
import { lastValue } from "./pairs.ts";

const textTypes: readonly string[] = ["application/json", "application/javascript", "application/xml"];

function isTextType(contentType: string | null): boolean {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || textTypes.includes(type);
}

/**
 * How a front writes a request body into the event. Lattice: text types as text, whatever the content encoding; ALB: base64
 * as soon as there is a content encoding; API Gateway: text, unless binary media types are configured; a direct
 * invocation's payload is JSON text.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 */
export function bodyEncoding(form: EventForm, headers: Headers): "text" | "base64" {
  const text = isTextType(lastValue(headers, "content-type"));
  switch (form) {
    case "lattice-v1":
    case "lattice-v2":
      return text ? "text" : "base64";
    case "alb":
    case "alb-multi-value":
      return text && lastValue(headers, "content-encoding") === null ? "text" : "base64";
    case "api-gateway":
    case "direct":
      return "text";
  }
}
