import type { VerdictKind } from "./overall-verdict.ts";

/** As much of a report as decides the exit code. */
export interface Ended {
  readonly verdict: VerdictKind;
  readonly interrupted: boolean;
  readonly checks: readonly {
    readonly verdict: VerdictKind;
    readonly cause: { readonly code: string } | null;
  }[];
}

/**
 * 130 interrupted, whatever was found before · 1 something failed · 3 nothing failed, but this machine lacked what it takes
 * to ask · 4 inconclusive, or nothing was asked · 0 pass.
 */
export function exitCode({ verdict, interrupted, checks }: Ended): 0 | 1 | 3 | 4 | 130 {
  if (interrupted) return 130;
  if (verdict === "fail") return 1;
  if (checks.some((check) => check.verdict === "inconclusive" && ofThisMachine.includes(check.cause?.code ?? "")))
    return 3;
  return verdict === "pass" ? 0 : 4;
}

const ofThisMachine: readonly string[] = ["credentials-missing", "file-limit"];
