import type { ReportedCheck, ReportedTarget, RunReport } from "./run-report.ts";
import { checksOf } from "./tally.ts";

export interface VariantRow {
  readonly target: ReportedTarget;
  /** By variant; null where it was not asked. */
  readonly cells: readonly (VariantCell | null)[];
}

export interface VariantCell {
  readonly check: ReportedCheck;
  readonly met: "answered" | "refused" | "no answer";
  readonly status: number | null;
  /** What refused it, by the layer's name and the cause's code; null where nothing did or it is not known. */
  readonly by: { readonly layer: string; readonly code: string } | null;
}

export interface VariantTable {
  readonly variants: readonly string[];
  readonly rows: readonly VariantRow[];
  /** Targets that are meant to answer without a signature, and did or did not. */
  readonly open: readonly ReportedTarget[];
}

/** By the check that asks with it; the first is to be answered, all others to be refused. */
const variants: Readonly<Record<string, string>> = {
  "signed-is-answered": "signed",
  "unsigned-is-refused": "unsigned",
  "tampered-signature-is-refused": "tampered with",
  "unknown-key-is-refused": "unknown key",
  "missing-token-is-refused": "session token missing",
  "ended-session-is-refused": "session ended",
  "skewed-clock-is-refused": "clock far off",
  "early-clock-is-refused": "clock ahead",
  "other-host-is-refused": "other host",
  "other-body-is-refused": "other body",
  "wrong-service-is-refused": "other service",
  "wrong-region-is-refused": "other Region",
  "signed-payload-is-refused": "payload signed",
  "spoilt-presigned-is-refused": "presigned, spoilt",
};

/** Targets down, signatures across: only what was asked of at least one. */
export function signatureVariants(report: RunReport): VariantTable {
  const asked = report.checks.filter(({ check, verdict }) => check in variants && verdict !== "skipped");
  const columns = Object.keys(variants).filter((id) => asked.some(({ check }) => check === id));
  const rows = report.targets
    .filter(({ id }) => asked.some(({ target }) => target === id))
    .map((target): VariantRow => {
      const own = checksOf(report, target.id).filter(({ verdict }) => verdict !== "skipped");
      const cell = (id: string): VariantCell | null => {
        const check = own.find((one) => one.check === id);
        return check === undefined ? null : cellOf(check);
      };
      return { target, cells: columns.map(cell) };
    });
  return {
    variants: columns.map((id) => variants[id] ?? id),
    rows,
    open: report.targets.filter(({ id, auth }) => auth === "none" && !rows.some(({ target }) => target.id === id)),
  };
}

function cellOf(check: ReportedCheck): VariantCell {
  const { status, refusedAs } = check.measures;
  const code = refusedAs ?? (typeof status === "number" && status >= 400 ? check.cause?.code : undefined);
  return {
    check,
    met: typeof status !== "number" ? "no answer" : status < 400 ? "answered" : "refused",
    status: typeof status === "number" ? status : null,
    by: typeof code === "string" ? { layer: layerOf(code), code } : null,
  };
}

/** `denied-endpoint-policy` → `endpoint policy`. */
function layerOf(code: string): string {
  if (code.startsWith("auth-")) return "signature";
  if (code.startsWith("apigw-")) return "API Gateway";
  if (!code.startsWith("denied-")) return "service";
  return code
    .slice("denied-".length)
    .replaceAll("-", " ")
    .replace(/^lattice/, "Lattice");
}
