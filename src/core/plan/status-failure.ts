/** The code of the catalogue of causes for a status that was not expected. @param kind a kind's name */
export function statusFailure(status: number, kind: string): string {
  if (status === 413) return "payload-too-large";
  if (status === 429) return "throttled";
  if (status === 431) return "headers-too-large";
  if (status === 504 && kind === "api-gateway") return "integration-timeout";
  if (status === 504 && (kind === "alb" || kind === "lattice")) return "target-timeout";
  return "unexpected-status";
}
