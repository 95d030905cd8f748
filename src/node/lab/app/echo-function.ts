import type { EventForm } from "#core/targets/target.ts";
import { delayOf } from "./delay-of.ts";
import { bytesMax, echoAnswer, wanted } from "./echo-answer.ts";
import type { Marks } from "./echo-marks.ts";
import { type Switches, switchesOf, wholeNumber } from "./echo-switches.ts";

/** What came of running a function. `afterMs` is how long it took. */
export type Ran =
  /** `payload` is the JSON text of what it returned. */
  | { readonly kind: "returned"; readonly payload: string; readonly afterMs: number }
  | { readonly kind: "failed"; readonly errorType: string; readonly errorMessage: string; readonly afterMs: number };

/**
 * The reference function: answers with the event it was given, in the response form of the front that invoked it, or with
 * whatever the event asks for (see `echoSwitch`).
 */
export function echoFunction(form: EventForm, event: unknown, marks: Marks): Ran {
  const switches = switchesOf(form, event);
  const afterMs = delayOf(switches);
  const error = switches("error");
  if (error !== null) return { kind: "failed", errorType: "Error", errorMessage: error, afterMs };
  const returned = form === "direct" ? directReturn(event, switches, marks) : formed(form, event, switches, marks);
  return { kind: "returned", payload: JSON.stringify(returned), afterMs };
}

function directReturn(event: unknown, switches: Switches, marks: Marks): unknown {
  const bytes = switches("bytes");
  // Two of the bytes are the quotation marks of the JSON string.
  if (bytes !== null) return "e".repeat(Math.max(0, wholeNumber(bytes, 0, bytesMax) - 2));
  return wanted(event, switches, marks);
}

function formed(form: EventForm, event: unknown, switches: Switches, marks: Marks): unknown {
  const { status, headers, body } = echoAnswer(event, switches, marks);
  const common = { isBase64Encoded: false, statusCode: status, body };
  const statusDescription = `${status} ${status < 400 ? "OK" : "Echo"}`;
  switch (form) {
    case "alb":
      return { ...common, statusDescription, headers };
    case "alb-multi-value":
      return { ...common, statusDescription, multiValueHeaders: lists(headers) };
    default:
      return { ...common, headers };
  }
}

const lists = (headers: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
