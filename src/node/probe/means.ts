import type { SecureContext } from "node:tls";
import type { SignRequest } from "#core/signing/sign-request.ts";
import type { Names } from "./names.ts";
import type { Stop } from "./stop.ts";
import type { Wire } from "./wire.ts";

/** What all steps of a run share. */
export interface Means {
  readonly names: Names;
  readonly trust: SecureContext;
  readonly allow: readonly string[];
  readonly sign: SignRequest;
  now(): number;
  readonly stop: Stop;
  /** Numbers a connection and remembers it, to be closed with the probe. */
  nextId(): number;
  remember(wire: Wire): void;
}
