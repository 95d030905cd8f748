import type { Trust } from "#core/facts.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";

/** One reason why a path fails: a record of the catalogue, one file each, named by its code. */
export interface Cause {
  /** Interface: once published it never changes. Equals the file's name. */
  readonly code: string;
  readonly layer: Layer;
  /** What is wrong, in a few words: `The certificate is for another name`. */
  readonly title: string;
  /** For `explain`: what happens, how it shows, what it is often mistaken for. A few sentences. */
  readonly explanation: string;
  /** What to do, most likely first; complete sentences. */
  remedy(target: Target): string;
  /** Where the fact behind it is published, and how far it may be trusted: no confidence is higher than this. */
  readonly source: string;
  readonly trust: Trust;
  /** Codes of more general causes that the same exchanges also suggest: this one is named before them. */
  readonly refines: readonly string[];
  /** Whether the exchanges of one check on one target show it; null when not. Pure, total, quick. */
  recognise(exchanges: readonly Exchange[], target: Target): Sighting | null;
}

export type Layer = "dns" | "tcp" | "tls" | "signing" | "policy" | "service" | "connection" | "client";

export interface Sighting {
  readonly confidence: Confidence;
  /** What was seen, in sentences a colleague can check: addresses, texts, times. Never empty. */
  readonly evidence: readonly [string, ...string[]];
}

export type Confidence = "certain" | "likely" | "possible";

/** A cause as it stands in a report. */
export interface Diagnosis {
  readonly code: string;
  readonly title: string;
  readonly confidence: Confidence;
  readonly evidence: readonly string[];
  readonly remedy: string;
  /** Codes of the other causes that fit, best first. */
  readonly alternatives: readonly string[];
  readonly source: string;
}
