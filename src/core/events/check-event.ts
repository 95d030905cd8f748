import type { EventForm } from "#core/targets/target.ts";
import { base64Of } from "./base64.ts";
import { bodyEncoding } from "./body-encoding.ts";
import { checkHeaders, checkParameters } from "./check-maps.ts";
import { checkMembers, memberAt } from "./check-members.ts";
import { type EventShape, eventShapes } from "./event-shape.ts";
import type { EventBody, Headers } from "./front-request.ts";
import { isObject } from "./json.ts";
import { lastValue } from "./pairs.ts";
import { readPayload } from "./payload.ts";
import { splitPath } from "./query.ts";
import { kindOf } from "./response.ts";
import { sameJson } from "./same-json.ts";

/** What went out: the event is held against it. */
export interface SentRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: EventBody | null;
}

export type EventVerdict =
  | { readonly kind: "ok" }
  /** Sentences without their full stop. */
  | { readonly kind: "problems"; readonly problems: readonly string[] };

/** Long values are cut: a sentence stays a sentence. */
const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

function checkMethod(event: unknown, shape: EventShape, sent: SentRequest): readonly string[] {
  const found = memberAt(event, shape.method);
  if (typeof found !== "string" || found === sent.method) return [];
  return [`${shape.method} should be ${sent.method}, and is ${found}`];
}

function checkPath(event: unknown, shape: EventShape, sent: SentRequest): readonly string[] {
  const found = memberAt(event, shape.path);
  if (typeof found !== "string") return [];
  const { path } = splitPath(sent.path);
  const fits = {
    "query-or-not": found === sent.path || found === path,
    "no-query": found === path,
    // The stage, or a custom domain's base path, may stand before it.
    "no-query-no-stage": found.startsWith("/") && path.endsWith(found),
  }[shape.pathHolds];
  return fits ? [] : [`${shape.path} should be ${show(path)}, and is ${show(found)}`];
}

/** Compared as they are where both are text, as base64 otherwise. */
function sameBody(found: string, encoded: boolean, sent: EventBody | null): boolean {
  if (sent === null) return found === "";
  if (!encoded && "text" in sent) return found === sent.text;
  return (encoded ? found : base64Of(found)) === ("text" in sent ? base64Of(sent.text) : sent.base64);
}

function checkBody(event: unknown, form: EventForm, shape: EventShape, sent: SentRequest): readonly string[] {
  const found = memberAt(event, shape.body) ?? "";
  if (typeof found !== "string") return [];
  const encoded = memberAt(event, shape.flag) === true;
  if (!sameBody(found, encoded, sent.body)) {
    const how = encoded ? ", taken as base64," : "";
    const length = sent.body !== null && "text" in sent.body ? `${sent.body.text.length} characters ` : "";
    return [`${shape.body}${how} is not the body that was sent: ${length}went out, and ${show(found)} is in the event`];
  }
  // Without a content type the documented rule has nothing to go by but its last resort.
  if (found === "" || !shape.encodingIsFixed || lastValue(sent.headers, "content-type") === null) return [];
  const expected = bodyEncoding(form, sent.headers);
  if ((expected === "base64") === encoded) return [];
  return [`${shape.flag} should be ${!encoded}: a body of this content type goes as ${expected}`];
}

function checkFront(form: Exclude<EventForm, "direct">, event: unknown, sent: SentRequest): readonly string[] {
  const shape = eventShapes[form];
  if (!isObject(event)) return [`the event should be an object, and is ${kindOf(event)}`];
  return [
    ...checkMembers(event, shape.members),
    ...checkMethod(event, shape, sent),
    ...checkPath(event, shape, sent),
    ...checkParameters(event, shape, splitPath(sent.path).query),
    ...checkHeaders(event, shape, sent.headers),
    ...checkBody(event, form, shape, sent),
  ];
}

function checkPayload(event: unknown, { body }: SentRequest): readonly string[] {
  if (body !== null && "base64" in body) return ["the payload of a direct invocation should be JSON text, not base64"];
  const payload = readPayload(body?.text ?? "");
  if (payload.kind === "not-json") return ["the payload that was sent is not JSON, so no event can come of it"];
  return sameJson(payload.event, event)
    ? []
    : [`the event should be the payload ${show(payload.event)}, and is ${show(event)}`];
}

/**
 * What departs from the documented form of an event, or from what was sent; tolerant where the sources differ: Lattice's path
 * with or without its query, and its version 2 headers as lists or texts.
 */
export function checkEvent(form: EventForm, event: unknown, sent: SentRequest): EventVerdict {
  const problems = form === "direct" ? checkPayload(event, sent) : checkFront(form, event, sent);
  return problems.length === 0 ? { kind: "ok" } : { kind: "problems", problems };
}
