import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Confidence, Sighting } from "../cause.ts";
import { frontOf } from "./front.ts";
import { complaints, type Reply, wasAnswered } from "./replies.ts";
import { sighting } from "./sighting.ts";
import { type Telling, tells } from "./telling.ts";

/** The error answers that tell so. */
export const saying = (exchanges: readonly Exchange[], target: Target, telling: Telling): readonly Reply[] =>
  complaints(exchanges, target).filter(({ answer, said }) => answer.status >= 400 && tells(telling, said));

export const sayingSighted = (
  exchanges: readonly Exchange[],
  target: Target,
  telling: Telling,
  confidence: Confidence = "certain",
): Sighting | null =>
  sighting(
    confidence,
    saying(exchanges, target, telling).map((reply) => wasAnswered(reply, target)),
  );

/** That Lattice words its complaints about signatures as the other services do has not been recorded. */
export const signatureConfidence = (target: Target): Confidence =>
  frontOf(target) === "lattice" ? "likely" : "certain";
