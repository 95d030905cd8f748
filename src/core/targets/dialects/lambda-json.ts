import type { Fact } from "#core/facts.ts";
import { deniedText } from "./denied-text.ts";
import type { Dialect, Refusal, Said } from "./dialect.ts";
import { type Seen, said, seen } from "./said.ts";
import { signatureComplaint } from "./signature-text.ts";
import { sources } from "./sources.ts";

const recorded = seen("code", sources.localstack);
const recalled = seen("recalled", sources.lambdaInvoke);

const json = (status: number, errorType: string, body: unknown, where: Seen): Fact<Said> =>
  said(
    status,
    [
      ["content-type", "application/json"],
      ["x-amzn-errortype", errorType],
    ],
    JSON.stringify(body),
    where,
  );

/** Lambda's data plane: JSON bodies, the code in `x-amzn-errortype`, and 200 where it was the function that failed. */
export const lambdaJson: Dialect = {
  say(refusal) {
    const complaint = signatureComplaint(refusal);
    // The texts are recorded; that Lambda gives each of them the status 403 is not.
    if (complaint !== null) return json(403, complaint.code, { message: complaint.message }, complaint.seen);
    return sayOther(refusal);
  },
};

function sayOther(refusal: Refusal): Fact<Said> {
  switch (refusal.kind) {
    case "denied":
      return json(
        403,
        "AccessDeniedException",
        { Message: deniedText(refusal) },
        refusal.layer === "identity" && !refusal.explicit
          ? seen("code", sources.accessDenied)
          : seen("doc", sources.accessDenied),
      );
    case "function-not-found":
      return json(
        404,
        "ResourceNotFoundException",
        { Message: `Function not found: ${refusal.arn}`, Type: "User" },
        recorded,
      );
    case "throttled":
      return json(
        429,
        "TooManyRequestsException",
        { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded", Type: "User", message: "Rate Exceeded." },
        recorded,
      );
    case "quota-exceeded":
      return json(402, "ServiceQuotaExceededException", { Type: "User", message: "Quota exceeded." }, recalled);
    case "payload-too-large":
      return json(413, "RequestEntityTooLargeException", tooLarge(refusal.limitBytes), recorded);
    case "function-error":
      return functionError(refusal);
    case "headers-too-large":
      return json(400, "InvalidRequestContentException", user("Request headers are too large."), recalled);
    case "not-identified":
    case "unknown-route":
    case "no-route":
      return json(404, "UnknownOperationException", {}, recalled);
    case "fixed":
      return json(refusal.status, "ServiceException", user(`Status ${refusal.status}`), recalled);
    case "target-unreachable":
    case "no-targets":
      return json(502, "ENINotReadyException", user("The function's network interface is not ready."), recalled);
    default:
      return json(
        500,
        "ServiceException",
        { Type: "Service", message: "An error occurred and the request cannot be processed." },
        recalled,
      );
  }
}

const user = (message: string) => ({ Type: "User", message });

const tooLarge = (limitBytes: number) => ({
  Type: "User",
  message: `Request must be smaller than ${limitBytes} bytes for the InvokeFunction operation`,
});

/** A function that failed was invoked all the same, so the status is 200. */
function functionError({ errorType, errorMessage }: Extract<Refusal, { kind: "function-error" }>): Fact<Said> {
  return said(
    200,
    [
      ["content-type", "application/json"],
      ["x-amz-function-error", "Unhandled"],
      ["x-amz-executed-version", "$LATEST"],
    ],
    JSON.stringify({ errorType, errorMessage }),
    recorded,
  );
}
