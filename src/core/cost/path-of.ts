import type { CostedPath } from "./cost-of.ts";

export interface AssumedPath {
  readonly path: CostedPath;
  /** What had to be assumed, in sentences. */
  readonly assumed: readonly string[];
}

/**
 * What is paid for, as far as a client can see it.
 *
 * @param kind a target kind's name; one that is not known costs as a plain origin does
 * @param addresses that its name led to: an interface endpoint has one a zone
 */
export function pathOf(kind: string, addresses: number): AssumedPath {
  switch (kind) {
    case "lambda-endpoint":
    case "api-gateway": {
      const zones = Math.max(1, addresses);
      return {
        path: { kind, zones },
        assumed: [
          `The endpoint was taken to be in ${zones === 1 ? "one zone" : `${zones} zones`}, since its name led to so many addresses.`,
        ],
      };
    }
    case "lattice":
      return { path: { kind }, assumed: [] };
    case "alb":
      return {
        path: { kind, rules: 1, toFunctions: true },
        assumed: [
          "The load balancer was taken to forward to Lambda functions, by ten rules at most: neither can be seen from outside.",
        ],
      };
    default:
      return { path: { kind: "http" }, assumed: [] };
  }
}
