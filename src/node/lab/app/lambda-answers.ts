import { labRegion } from "../targets.ts";
import type { LabReply, LabRequest } from "../wire.ts";
import type { Ran } from "./echo-function.ts";
import type { LambdaCall } from "./lambda-path.ts";
import { header } from "./message.ts";
import { answer, type Headers } from "./reply.ts";

/** A function that failed was invoked all the same: 200, and a header that says so. */
export function result(ran: Ran, always: Headers): LabReply {
  const headers = [["content-type", "application/json"], ...always] as const;
  if (ran.kind === "returned") return answer(200, headers, ran.payload, ran.afterMs);
  const { errorType, errorMessage } = ran;
  const failed = [...headers, ["x-amz-function-error", "Unhandled"]] as const;
  return answer(200, failed, JSON.stringify({ errorType, errorMessage }), ran.afterMs);
}

/** The last lines of the function's log, asked for by `X-Amz-Log-Type: Tail`. */
export function logTail(request: LabRequest, requestId: string): Headers {
  if (header(request, "x-amz-log-type") !== "Tail") return [];
  const log = `START RequestId: ${requestId} Version: $LATEST\nEND RequestId: ${requestId}\n`;
  return [["x-amz-log-result", Buffer.from(log).toString("base64")]];
}

export function misdirected(call: Exclude<LambdaCall, { kind: "invoke" | "other" }>, always: Headers): LabReply {
  switch (call.kind) {
    case "unknown":
      return complain(404, "UnknownOperationException", {}, always);
    case "other-region": {
      const message = `Functions from '${call.region}' are not reachable in this region ('${labRegion}')`;
      return complain(404, "ResourceNotFoundException", { Type: "User", Message: message }, always);
    }
    case "qualifier-conflict": {
      const message = "The derived qualifier from the function name does not match the specified qualifier.";
      return complain(400, "InvalidParameterValueException", { Type: "User", message }, always);
    }
  }
}

export function notJson(always: Headers): LabReply {
  const message =
    "Could not parse request body into json: Could not parse payload into json: Unexpected character in the payload";
  return complain(400, "InvalidRequestContentException", { Type: "User", message }, always);
}

function complain(status: number, errorType: string, body: object, always: Headers): LabReply {
  const headers = [["content-type", "application/json"], ["x-amzn-errortype", errorType], ...always] as const;
  return answer(status, headers, JSON.stringify(body));
}
