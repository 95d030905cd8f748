import { showBytes, showMs } from "#core/units.ts";
import { showCost } from "./describe-cost.ts";
import type { DescribedLoadTarget, LoadDescription } from "./describe-load.ts";

/** The description as text for a terminal. */
export function showLoad(load: LoadDescription): string {
  const head = `${load.load}: ${load.engine}, scenario ${load.scenario}${load.principal === undefined ? "" : `, as ${load.principal}`}, ${showArrival(load.arrival)} at each target, ${showMs(load.warmupMs)} of warm-up, then ${showMs(load.durationMs)} measured`;
  const rules = load.thresholds.length === 0 ? "no thresholds" : load.thresholds.join(" · ");
  return [head, `must hold: ${rules}`, "", ...load.targets.map(showTarget), "", showTotal(load)].join("\n");
}

/** `200 requests/s`, `50 connections`. */
export const showArrival = (arrival: LoadDescription["arrival"]): string =>
  arrival.kind === "open" ? `${arrival.rate} requests/s` : `${arrival.connections} connections`;

function showTarget({ target, kind, origin, auth, asks, requests, requestBytes }: DescribedLoadTarget): string {
  const volume = requests === null || requestBytes === null ? "" : `: ${requests} requests, ${showBytes(requestBytes)}`;
  const lines = asks.map(
    ({ method, path, bodyBytes }) =>
      `  ${method} ${path}${bodyBytes === 0 ? "" : `, ${showBytes(bodyBytes)}`}${auth === "iam" ? ", signed" : ""}`,
  );
  return [`${target} (${kind}) ${origin}${volume}`, ...lines].join("\n");
}

function showTotal({ requests, requestBytes, targets, cost }: LoadDescription): string {
  const where = `${targets.length} ${targets.length === 1 ? "target" : "targets"}`;
  return requests === null || requestBytes === null
    ? `As many requests to ${where} as are answered in that time; what comes back depends on the targets, and what it costs on how many that are. Nothing was sent.`
    : `${requests} requests to ${where} at most, about ${showBytes(requestBytes)} out; what comes back depends on the targets. Nothing was sent.${cost === null ? "" : `\n${showCost(cost)}`}`;
}
