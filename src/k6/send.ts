import http, { type RefinedResponse } from "k6/http";
import { Counter } from "k6/metrics";
import { metrics, tags as names } from "#core/plan/k6-metrics.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { mayRefuse } from "#core/targets/expect-access.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { type Connection, createConnection } from "./connection.ts";
import { headersFor } from "./headers.ts";
import { judge } from "./judge.ts";
import { noticed } from "./lost-answer.ts";
import { currentPhase, markClosing, takeDueTime } from "./marks.ts";
import { createObserver } from "./observe.ts";
import { plan, underRunner } from "./plan.ts";
import { prepare } from "./prepare.ts";
import { openedConnection } from "./silent-retry.ts";

export interface SendOptions {
  /** In place of the target's own. */
  readonly auth?: "iam" | "none";
  /** Of the whole request, in place of the target's. */
  readonly timeoutMs?: number;
  /** Asks for the connection to be closed after the answer. */
  readonly close?: boolean;
}

export type Answer = RefinedResponse<"text" | "none">;

// Held, because k6 looks up what is imported from it at every use.
const request = http.request;
const failed = new Counter(metrics.failed);
const refused = new Counter(metrics.refused);
const observe = underRunner ? null : createObserver();
const asTargetSays: SendOptions = {};
const connections = new Map<string, Connection>();

/**
 * Sends one request and waits for the answer: signed as the target wants it, with its timeout, on this virtual user's
 * connection, its rows tagged so that the runner can tell what they belong to. Never retries, never follows a redirect.
 *
 * @throws LostAnswer when k6 throws the answer away; the request is counted as failed
 */
export function send(
  target: PlannedTarget,
  asked: TargetRequest = mainRequest(target),
  options: SendOptions = asTargetSays,
): Answer {
  const auth = options.auth ?? target.auth;
  const connection = connectionTo(target);
  const closing = options.close === true || connection.endsWithNext();
  const place = connection.place();
  const { params, signable } = prepare(target, asked, auth, options.timeoutMs ?? target.timeoutMs);
  const headers = headersFor(target, signable, auth);
  params.headers = closing ? { ...headers, connection: "close" } : headers;
  params.tags[names.phase] = currentPhase();
  // Where targets take turns in one k6 scenario, its options cannot name them.
  if (plan.blocks !== undefined) params.tags[names.target] = target.id;
  markClosing(closing);
  const dueAtMs = takeDueTime();
  const lateMs = dueAtMs === null ? null : Math.max(0, Date.now() - dueAtMs);

  let answer: Answer;
  try {
    answer = request(asked.method, place.base + asked.path, asked.body, params);
  } catch (error) {
    connection.failed();
    throw noticed(error, { ...params.tags, [names.target]: target.id });
  }
  if (answer.error_code === invalidUrl) throw new Error(`k6 cannot send to ${asked.path}: ${answer.error}`);

  const reached = answer.remote_ip !== "";
  if (answer.status === 0) connection.failed();
  else connection.answered(openedConnection(answer.timings), closing);
  if (reached && observe !== null) observe(params.tags, answer.timings, lateMs);
  // To know who refuses takes the body, which is not asked for where nobody should: from now on it is.
  if (mayRefuse(answer.status)) params.responseType = "text";
  const elsewhere = reached && place.address !== null && answer.remote_ip !== place.address;
  const { problem, refusedBy } = elsewhere ? toOtherAddress : judge(answer, asked, target, auth === "iam");
  if (refusedBy !== null) refused.add(1, { ...params.tags, [names.target]: target.id, [names.refuser]: refusedBy });
  if (problem !== null && problem !== "status")
    failed.add(1, { ...params.tags, [names.target]: target.id, [names.failure]: problem });
  return answer;
}

/** What k6 does not send it writes no row for. @see https://grafana.com/docs/k6/latest/javascript-api/error-codes/ */
const invalidUrl = 1020;

/** Every address was pinned, so only a proxy can have led elsewhere. */
const toOtherAddress = { problem: "proxy-in-the-way", refusedBy: null } as const;

function mainRequest({ id, requests }: PlannedTarget): TargetRequest {
  const [main] = requests;
  if (main === undefined) throw new Error(`target ${JSON.stringify(id)} has no request`);
  return main;
}

function connectionTo(target: PlannedTarget): Connection {
  const known = connections.get(target.id);
  if (known !== undefined) return known;
  const fresh = createConnection(target);
  connections.set(target.id, fresh);
  return fresh;
}
