import type { Marks } from "./app/echo-marks.ts";
import type { Callers } from "./callers.ts";
import type { Effects } from "./fault.ts";

/** One target of the lab: where it listens and what its config entry says. */
export interface LabTarget {
  readonly id: string;
  /** A kind's name. */
  readonly kind: string;
  readonly scheme: "http" | "https";
  readonly auth: "iam" | "none";
  /** The DNS name clients connect to. */
  readonly hostname: string;
  /** Further names its certificate bears and its DNS answers for. */
  readonly otherNames: readonly string[];
  /** One loopback address per zone. */
  readonly addresses: readonly string[];
  /** The target's entry for the config, given the port it came to listen on; plain data, written as YAML. */
  config(port: number): Readonly<Record<string, unknown>>;
  /** What its entry says of `access`; null where it says nothing. */
  readonly access: Readonly<Record<string, unknown>> | null;
}

/** Made-up credentials that the lab accepts. They open nothing anywhere else. */
export interface LabCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Policy documents, as JSON text, in place of the lab's own; null where the lab's own stays. */
export interface PolicyFiles {
  readonly identity: string | null;
  readonly endpoint: string | null;
  readonly resource: string | null;
  readonly latticeService: string | null;
  readonly latticeNetwork: string | null;
}

/** What an application behind a front is given beside its target. */
export interface Surroundings {
  readonly effects: Effects;
  /** What AWS's timers are multiplied by. */
  readonly timeScale: number;
  readonly credentials: LabCredentials;
  /** Their session has ended: refused in the kind's words for that. */
  readonly endedCredentials: LabCredentials;
  /** What functions behind the lab's fronts remember. */
  readonly marks: Marks;
  /** Null: the lab's own policies. */
  readonly policies: PolicyFiles | null;
  /** Of the requests on reused connections; null: they are all answered. */
  readonly staleReuse: { readonly share: number; readonly seed: number } | null;
  /** Who may sign beside the holder of `credentials`. */
  readonly callers: Callers;
}
