import type { Fact } from "#core/facts.ts";
import { type Denied, denialReason, notAuthorized } from "./denied-text.ts";
import type { Dialect, Refusal, Said } from "./dialect.ts";
import { type Seen, said, seen } from "./said.ts";
import { signatureComplaint } from "./signature-text.ts";
import { sources } from "./sources.ts";

const recorded = seen("code", sources.apiGateway403);
const recalled = seen("recalled", sources.apiGatewayResponses);

const json = (status: number, errorType: string, body: string, where: Seen): Fact<Said> =>
  said(
    status,
    [
      ["content-type", "application/json"],
      ["x-amzn-errortype", errorType],
    ],
    body,
    where,
  );

const message = (text: string): string => JSON.stringify({ message: text });

// Two of its answers have a space after the colon, the others none.
const spaced = (text: string): string => `{"message": ${JSON.stringify(text)}}`;

/** API Gateway REST, private endpoints. */
export const apiGatewayJson: Dialect = {
  say(refusal) {
    const complaint = signatureComplaint(refusal);
    // The one code of its own: https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
    if (complaint !== null && refusal.kind === "unknown-key")
      return json(403, "AccessDeniedException", message(complaint.message), seen("doc", sources.apiGateway403));
    if (complaint !== null) return json(403, complaint.code, message(complaint.message), complaint.seen);
    return refusal.kind === "denied" ? denied(refusal) : sayOther(refusal);
  },
};

/** The one answer with a capital `Message`. The account in the resource is masked, eight asterisks and its last four digits. */
function denied(refusal: Denied): Fact<Said> {
  const masked = { ...refusal, resource: maskAccount(refusal.resource) };
  const reason = refusal.explicit && refusal.layer === "resource" ? "with an explicit deny" : denialReason(refusal);
  return json(
    403,
    "AccessDeniedException",
    JSON.stringify({ Message: `${notAuthorized(masked)} ${reason}` }),
    recorded,
  );
}

const maskAccount = (arn: string): string => arn.replace(/:\d{8}(\d{4}):/, ":********$1:");

function sayOther(refusal: Refusal): Fact<Said> {
  switch (refusal.kind) {
    case "not-identified":
      return json(403, "ForbiddenException", message("Forbidden"), recorded);
    // An unknown route is refused in the very words of a missing signature.
    case "unknown-route":
    case "no-route":
      return json(403, "MissingAuthenticationTokenException", message("Missing Authentication Token"), recorded);
    case "throttled":
      return json(429, "TooManyRequestsException", message("Too Many Requests"), recalled);
    case "quota-exceeded":
      return json(429, "LimitExceededException", message("Limit Exceeded"), seen("code", sources.apiGatewayResponses));
    case "payload-too-large":
      return json(
        413,
        "RequestEntityTooLargeException",
        message(`HTTP content length exceeded ${refusal.limitBytes} bytes.`),
        seen("doc", sources.apiGatewayResponses),
      );
    case "headers-too-large":
      return json(400, "BadRequestException", message("Bad Request"), seen("recalled", sources.apiGatewayLimits));
    case "integration-timeout":
    case "target-timeout":
      return json(
        504,
        "InternalServerErrorException",
        spaced("Endpoint request timed out"),
        seen("code", sources.localstack),
      );
    case "invalid-function-response":
    case "function-error":
      return json(
        502,
        "InternalServerErrorException",
        spaced("Internal server error"),
        seen("doc", sources.apiGatewayProxy),
      );
    case "no-targets":
    case "target-unreachable":
      return json(503, "ServiceUnavailableException", message("Service Unavailable"), recalled);
    case "fixed":
      return json(refusal.status, "", message(`Status ${refusal.status}`), recalled);
    default:
      return json(500, "InternalServerErrorException", spaced("Internal server error"), recalled);
  }
}
