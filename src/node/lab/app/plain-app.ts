import type { Refusal } from "#core/targets/dialects/dialect.ts";
import type { App, LabReply, LabRequest } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { authenticate } from "./authenticate.ts";
import { delayOf } from "./delay-of.ts";
import { configured, kindOf } from "./deployment.ts";
import { echoAnswer } from "./echo-answer.ts";
import type { Marks } from "./echo-marks.ts";
import { switchesIn } from "./echo-switches.ts";
import { queryOf } from "./message.ts";
import { broken, tooLarge } from "./plain-refusals.ts";
import { answer, refuse } from "./reply.ts";
import { faultDelayMs } from "./run-function.ts";

/** An HTTP server with no AWS front before it; one with auth verifies SigV4 for whatever service its config names. */
export function plainApp(target: LabTarget, world: Surroundings): App {
  const { dialect } = kindOf(target);
  const scope = { service: configured(target, "service"), region: configured(target, "region") };

  function unauthorized(request: LabRequest): Refusal | null {
    if (target.auth === "none") return null;
    const caller = authenticate(request, scope, world);
    if (caller.kind === "refused") return caller.refusal;
    if (caller.kind === "caller" || world.effects.signing === "open-to-anyone") return null;
    return { kind: "auth-missing" };
  }

  return async (request) => {
    const refusal = unauthorized(request) ?? tooLarge(request, target, world) ?? broken(world);
    if (refusal === null) return echo(request, world.marks);
    const slow = refusal.kind === "target-timeout" ? faultDelayMs(30_000, world.timeScale) : 0;
    return refuse(dialect, refusal, [], slow);
  };
}

/** Answers with the request itself, and to the same switches as the echo function. */
function echo(request: LabRequest, marks: Marks): LabReply {
  const switches = switchesIn(Object.fromEntries(new URLSearchParams(queryOf(request))));
  const afterMs = delayOf(switches);
  const error = switches("error");
  if (error !== null) return answer(500, [["content-type", "text/plain"]], `${error}\n`, afterMs);
  const { status, headers, body } = echoAnswer(
    {
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(request.headers.filter(([name]) => !secret.includes(name))),
      body: request.body.toString("base64"),
      isBase64Encoded: true,
    },
    switches,
    marks,
  );
  return answer(status, Object.entries(headers), body, afterMs);
}

const secret = ["authorization", "x-amz-security-token"];
