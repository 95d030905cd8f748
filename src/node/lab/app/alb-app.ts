import { randomUUID } from "node:crypto";
import type { Dialect, Refusal } from "#core/targets/dialects/dialect.ts";
import { kib } from "#core/units.ts";
import type { App, LabReply, LabRequest } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { callFunction } from "./call-function.ts";
import { eventFormOf, kindOf } from "./deployment.ts";
import { header } from "./message.ts";
import { namesOf } from "./names.ts";
import { broken, tooLarge } from "./plain-refusals.ts";
import { refuse } from "./reply.ts";
import { faultDelayMs } from "./run-function.ts";

const lineBytesMax = kib(16);
const forwardersMax = 30;

/** An Application Load Balancer with a Lambda target: no signature means anything to it. */
export function albApp(target: LabTarget, world: Surroundings): App {
  const { dialect } = kindOf(target);
  const form = eventFormOf(target);
  return async (request) => {
    const refusal = unfit(request) ?? broken(world) ?? tooLarge(request, target, world);
    if (refusal !== null) return say(dialect, refusal, world);
    const called = callFunction(
      {
        request,
        principal: { kind: "anonymous" },
        accessKeyId: "",
        form,
        names: namesOf(target),
        requestId: randomUUID(),
      },
      target,
      world,
    );
    return called.kind === "refused" ? refuse(dialect, called.refusal, [], called.afterMs) : called.reply;
  };
}

function say(dialect: Dialect, refusal: Refusal, world: Surroundings): LabReply {
  switch (refusal.kind) {
    case "target-timeout":
      return refuse(dialect, refusal, [], faultDelayMs(60_000, world.timeScale));
    case "target-unreachable":
      return refuse(dialect, refusal, [], faultDelayMs(10_000, world.timeScale));
    default:
      return refuse(dialect, refusal, []);
  }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
function unfit(request: LabRequest): Refusal | null {
  if (request.method === "TRACE") return { kind: "fixed", status: 405 };
  const forwarders = header(request, "x-forwarded-for")?.split(",").length ?? 0;
  if (forwarders > forwardersMax) return { kind: "fixed", status: 463 };
  const lines = [request.path.length, ...request.headers.map(([name, value]) => name.length + value.length)];
  return lines.some((length) => length > lineBytesMax) ? { kind: "headers-too-large" } : null;
}
