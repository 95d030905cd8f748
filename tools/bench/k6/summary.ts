import { plan } from "#k6/plan.ts";

interface Summary {
  readonly metrics: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
}

/** k6's end of a bench: one line for the bench to read. */
export function handleSummary({ metrics }: Summary): { stdout: string } {
  const requests = metrics["http_reqs"]?.values["count"] ?? 0;
  const failed = metrics["http_req_failed"]?.values["passes"] ?? 0;
  const p50Ms = metrics["http_req_duration"]?.values["p(50)"] ?? 0;
  const exceptions = metrics["pathproof_exceptions"]?.values["count"] ?? 0;
  return { stdout: JSON.stringify({ perSecond: requests / (plan.durationMs / 1000), failed, p50Ms, exceptions }) };
}
