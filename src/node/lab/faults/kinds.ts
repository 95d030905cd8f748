import { targetKinds } from "#core/targets/index.ts";
import { labTargets } from "../targets.ts";

const kinds: readonly string[] = targetKinds.map(({ kind }) => kind);

const speaking = (scheme: "http" | "https"): readonly string[] =>
  kinds.filter((kind) => labTargets.some((target) => target.kind === kind && target.scheme === scheme));

export const everyKind = kinds;

/** Lattice hides what a VPC association lacks behind the same silence; it has a fault, and a cause, of its own. */
export const allButLattice = kinds.filter((kind) => kind !== "lattice");

/** Those whose names should lead to an address per zone. */
export const severalZones = targetKinds.filter(({ zonesExpected }) => zonesExpected).map(({ kind }) => kind);

/** Those that the lab has behind TLS. */
export const withTls = speaking("https");

/** Those that the lab has on plain HTTP. */
export const withPlainHttp = speaking("http");

/** Those behind which the echo function stands. */
export const beforeFunctions = targetKinds.filter(({ events }) => events.length > 0).map(({ kind }) => kind);

/** Those behind which the echo function can be asked for large bodies. */
export const takingLargeBodies = beforeFunctions;
