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
}

/** Made-up credentials that the lab accepts. They open nothing anywhere else. */
export interface LabCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}
