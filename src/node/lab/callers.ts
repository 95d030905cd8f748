import type { Principal } from "#core/policies/access.ts";
import type { LabCredentials } from "./world.ts";

/** Somebody other than the lab's own client, whose signatures are accepted too. */
export interface LabCaller {
  /** As in the config's `principals`. */
  readonly name: string;
  readonly principal: Principal;
  readonly credentials: LabCredentials;
  /** The policies of the principal, as JSON text. */
  readonly identity: string;
}

/** Who may sign beside the lab's own client; sessions that STS gives out come to it while the lab runs. */
export interface Callers {
  find(accessKeyId: string): LabCaller | null;
  add(caller: LabCaller): void;
}

export function createCallers(first: readonly LabCaller[] = []): Callers {
  const known = new Map(first.map((caller) => [caller.credentials.accessKeyId, caller]));
  return {
    find: (accessKeyId) => known.get(accessKeyId) ?? null,
    add: (caller) => void known.set(caller.credentials.accessKeyId, caller),
  };
}
