import type { RequestToSend, Step } from "#core/observations/step.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";

/** Asks for a whole answer to the target's main request, rightly signed, on a socket of its own; `over` says what differs. */
export const askFor = (label: string, over: Partial<Omit<Step, "label">> = {}): Step => ({
  label,
  until: "answered",
  address: "any",
  socket: { kind: "fresh" },
  request: null,
  signing: "correct",
  ...over,
});

/** How requests that are meant to pass are signed. */
export const usualSigning = ({ auth }: Target): Step["signing"] => (auth === "iam" ? "correct" : "unsigned");

export const toSend = ({ method, path, headers, body }: TargetRequest): RequestToSend => ({
  method,
  path,
  headers,
  body,
});
