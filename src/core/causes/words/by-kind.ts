import { partitionId } from "#core/targets/aws-names.ts";
import type { Target } from "#core/targets/target.ts";

/** A text for some target kinds by name, and one for all others. */
export interface ByKind {
  readonly "lambda-endpoint"?: string;
  readonly lattice?: string;
  readonly "api-gateway"?: string;
  readonly alb?: string;
  readonly other: string;
}

export function byKind({ kind }: Target, texts: ByKind): string {
  switch (kind.kind) {
    case "lambda-endpoint":
    case "lattice":
    case "api-gateway":
    case "alb":
      return texts[kind.kind] ?? texts.other;
    default:
      return texts.other;
  }
}

/** The action a caller needs, and what stands in a policy's `Resource` for it. */
export function permission(target: Target): { readonly action: string; readonly resource: string } {
  const arn = `arn:${partitionId(target.signing?.region ?? "")}`;
  switch (target.kind.kind) {
    case "lattice":
      return { action: "vpc-lattice-svcs:Invoke", resource: `${arn}:vpc-lattice:REGION:ACCOUNT:service/svc-ID/*` };
    case "api-gateway":
      return { action: "execute-api:Invoke", resource: `${arn}:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/*` };
    default: {
      const name = `${arn}:lambda:REGION:ACCOUNT:function:${functionName(target)}`;
      return { action: "lambda:InvokeFunction", resource: `${name} and ${name}:*` };
    }
  }
}

/** The name in an Invoke path, its qualifier left out; `NAME` where there is none. */
function functionName({ requests: [main] }: Target): string {
  const segment = /\/functions\/([^/?]+)\//.exec(main.path)?.[1] ?? "NAME";
  const written = segment.replace(/%3A/gi, ":");
  return (written.includes("function:") ? written.replace(/^.*function:/, "") : written).split(":")[0] ?? "NAME";
}
