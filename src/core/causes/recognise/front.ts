import type { Target } from "#core/targets/target.ts";

export type Front = "lambda-endpoint" | "lattice" | "api-gateway" | "alb";

/** Whose words to expect: the kind's; for a plain origin that is signed for, those of the service it is signed for. */
export function frontOf({ kind, signing }: Target): Front | null {
  switch (kind.kind) {
    case "lambda-endpoint":
    case "lattice":
    case "api-gateway":
    case "alb":
      return kind.kind;
    default:
      return fronts[signing?.service ?? ""] ?? null;
  }
}

const fronts: Readonly<Record<string, Front>> = {
  lambda: "lambda-endpoint",
  "vpc-lattice-svcs": "lattice",
  "execute-api": "api-gateway",
};
