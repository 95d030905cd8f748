import { frontNamed } from "#core/causes/recognise/front.ts";
import { saidIn } from "#core/causes/recognise/said.ts";
import { type TurnedAway, turnedAwayBy } from "#core/causes/recognise/turned-away.ts";
import { type RefusalCode, refusalCode } from "#core/causes/refusal-code.ts";
import type { PlannedTarget } from "./load-plan.ts";

export interface Refusal {
  readonly found: TurnedAway;
  /** What it counts as where it should not have been; null: it does not say by what it refuses. */
  readonly code: RefusalCode | null;
}

/** An answer as far as it tells who refused. */
export interface RefusalWords {
  readonly status: number;
  /** Empty where it was not kept. */
  readonly body: string;
  readonly errorType: string | null;
}

/** So much of a body is read: refusals are short. */
const readMax = 4096;
const rememberedMax = 64;

/**
 * Tells by what a request was refused, with the words of `check`. One caller is refused one request in the same words, so that what was
 * read is remembered: to look it up is all that a refusal costs under load.
 */
export function createRefusalReader(): (words: RefusalWords, target: PlannedTarget, signed: boolean) => Refusal | null {
  const remembered = new Map<string, Refusal | null>();
  return ({ status, body, errorType }, { kind, signing }, signed) => {
    const text = body.length > readMax ? body.slice(0, readMax) : body;
    const service = signing?.service ?? null;
    const key = `${kind} ${service} ${signed} ${status} ${errorType} ${text}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const front = frontNamed(kind, service);
    const said = saidIn(text, errorType);
    const found = turnedAwayBy(status, said, front);
    const refusal = found === null ? null : { found, code: refusalCode(found, said, { front, signed }) };
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(key, refusal);
    return refusal;
  };
}
