import type { Target } from "#core/targets/target.ts";

export type Front = "lambda-endpoint" | "lattice" | "api-gateway" | "alb";

/** Whose words to expect: the kind's; for a plain origin that is signed for, those of the service it is signed for. */
export const frontOf = ({ kind, signing }: Target): Front | null => frontNamed(kind.kind, signing?.service ?? null);

/** @param kind a kind's name @param service that it is signed for; null where nothing is */
export function frontNamed(kind: string, service: string | null): Front | null {
  switch (kind) {
    case "lambda-endpoint":
    case "lattice":
    case "api-gateway":
    case "alb":
      return kind;
    default:
      return fronts[service ?? ""] ?? null;
  }
}

const fronts: Readonly<Record<string, Front>> = {
  lambda: "lambda-endpoint",
  "vpc-lattice-svcs": "lattice",
  "execute-api": "api-gateway",
};
