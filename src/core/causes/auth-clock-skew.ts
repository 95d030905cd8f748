import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { type Reply, wasAnswered } from "./recognise/replies.ts";
import { saying, signatureConfidence } from "./recognise/saying.ts";
import { sighting } from "./recognise/sighting.ts";
import { tellings } from "./recognise/telling.ts";

export const authClockSkew: Cause = {
  code: "auth-clock-skew",
  layer: "signing",
  title: "The signature's time is not the service's",
  explanation:
    "A signature is good for about five minutes around its time. A container or virtual machine that was paused, a stopped time service, a request that was signed long before it was sent, or a replay of an old one falls outside.",
  remedy: () =>
    "Let a time service set this machine's clock (chrony with 169.254.169.123 on EC2), above all after a container or virtual machine was paused. If the clock is right, sign at the moment of sending: requests that wait in a queue under load, and pre-signed ones that are replayed, grow too old.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  trust: "doc",
  refines: ["auth-signature-mismatch", "unexpected-status"],
  recognise: (exchanges: readonly Exchange[], target: Target) =>
    sighting(
      signatureConfidence(target),
      saying(exchanges, target, tellings["auth-clock-skew"]).map(
        (reply) => `${wasAnswered(reply, target)}${howFar(reply)}`,
      ),
    ),
};

/** ` The request was signed 35 min before the service's time.`; empty when the text does not give both times. */
function howFar({ said: { message } }: Reply): string {
  const signed = stampMs(/(?:expired|current): (\d{8}T\d{6}Z)/.exec(message)?.[1]);
  const now = stampMs(/\((\d{8}T\d{6}Z) [-+]/.exec(message)?.[1]);
  if (signed === null || now === null) return "";
  return ` The request was signed ${showMs(Math.abs(now - signed))} ${signed < now ? "before" : "after"} the service's time.`;
}

function stampMs(stamp: string | undefined): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp ?? "");
  if (parts === null) return null;
  const at = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
  return Number.isNaN(at) ? null : at;
}
