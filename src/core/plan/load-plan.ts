import type { TargetRequest } from "#core/targets/target.ts";
import type { Ms, PerSecond } from "#core/units.ts";
import type { BlockOrder } from "./block-order.ts";

/**
 * A load as plain data, whole and checked: what an engine is given and nothing else. k6 reads it as JSON from the file that
 * `PATHPROOF_PLAN` names; it holds no secret.
 */
export interface LoadPlan {
  readonly schema: "pathproof.load-plan/1";
  readonly load: string;
  /** `scenarios/<scenario>.ts`. */
  readonly scenario: string;
  /** Who signs; absent: the config's own credentials. `anonymous` does not sign, and no target of it does. */
  readonly principal?: string;
  readonly arrival: Arrival;
  readonly durationMs: Ms;
  /** Sent first, tagged `warmup`, counted nowhere. */
  readonly warmupMs: Ms;
  /** Each gets all of the arrival rate (or all of the connections). */
  readonly targets: readonly PlannedTarget[];
  /** Of a comparison: targets take turns, and each gets all of the rate in its blocks. Absent where all are sent to at once. */
  readonly blocks?: BlockOrder;
}

/** Open: due at a rate, whatever becomes of those before. Closed: each connection asks again when it was answered. */
export type Arrival =
  | { readonly kind: "open"; readonly rate: PerSecond }
  | { readonly kind: "closed"; readonly connections: number };

export interface PlannedTarget {
  readonly id: string;
  /** A kind's name. */
  readonly kind: string;
  /** `https://host:port`; where to connect. */
  readonly origin: string;
  /** As sent in `Host`. */
  readonly hostHeader: string;
  readonly protocol: "http/1.1" | "h2";
  readonly auth: "iam" | "none";
  readonly signing: {
    readonly service: string;
    readonly region: string;
    readonly payload: "signed" | "unsigned";
  } | null;
  readonly requests: readonly TargetRequest[];
  /** Of a whole request. */
  readonly timeoutMs: Ms;
  /** Whether a 200 may hide a function's error (`X-Amz-Function-Error`). */
  readonly functionErrors: boolean;
  /** The addresses to connect to, already resolved and allowed by the guard rails. */
  readonly addresses: readonly string[];
  /** After how long the other side is said to end an idle connection, by config or facts; null where nobody says. */
  readonly idleTimerMs: Ms | null;
  /** After so many requests, or so long, a connection is closed by the client; null: never. With 1, every request asks for it. */
  readonly connection: { readonly requestsMax: number | null; readonly ageMsMax: Ms | null };
}
