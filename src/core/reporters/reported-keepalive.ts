/** What was found of the connections to one target, and what follows for its clients. */
export interface ReportedKeepalive {
  readonly target: string;
  /** Who asked, where it was not the config's own `credentials`. */
  readonly principal?: string;
  /** One an address. */
  readonly idle: readonly ReportedIdle[];
  readonly age: readonly ReportedAge[];
  readonly requests: readonly ReportedRequests[];
  /** Null where nothing is known to be safe. */
  readonly advice: ReportedAdvice | null;
}

export type ReportedClose = "fin" | "rst" | "rst-on-next-byte" | "silent" | "none";

export interface ReportedIdle {
  readonly address: string;
  readonly protocol: "http/1.1" | "h2";
  readonly longestSurvivedMs: number | null;
  readonly shortestClosedMs: number | null;
  readonly closeKind: ReportedClose;
  /** Whether `shortestClosedMs` is the timeout itself, the close having been seen, and not its upper bound. */
  readonly exact: boolean;
  /** `l4`: a timer of the flow, which TCP keep-alive resets; `l7`: the server's own; null: not known. */
  readonly layer: "l4" | "l7" | null;
  /** By the server's own `Keep-Alive` header. */
  readonly hintedMs: number | null;
  /** Whether it was announced by GOAWAY. */
  readonly goaway: boolean;
  /** What the times are uncertain by, because answers came so far apart; absent where that is too little to count. */
  readonly jitterMs?: number;
  /** The most HTTP/2 PINGs that the server sent on one connection; absent: none. */
  readonly pings?: number;
}

export interface ReportedAge {
  readonly address: string;
  readonly livedMs: number;
  readonly endedMs: number | null;
  readonly end: ReportedClose | "announced";
  readonly requests: number;
  /** False where its requests ended it, or a silence, and not its age. */
  readonly byAge: boolean;
}

export interface ReportedRequests {
  readonly address: string;
  readonly answered: number;
  readonly end: ReportedClose | "announced";
  /** The age of the connection at its end; absent where it did not end, and in runs of the first versions. */
  readonly endedMs?: number;
  /** Whether connections end at that age however busy they are, so that the number tells nothing; absent: it is not known. */
  readonly byAge?: boolean;
}

export interface ReportedAdvice {
  readonly idleDropMs: number;
  readonly tcpKeepAliveMs: number;
  readonly ageMaxMs: number | null;
  /** A share of `ageMaxMs`. */
  readonly ageJitter: number;
  readonly pool: number;
  /** The settings in one sentence. */
  readonly summary: string;
  readonly reasons: readonly string[];
  readonly retry: readonly string[];
  readonly snippets: readonly ReportedSnippet[];
}

export interface ReportedSnippet {
  /** As in `--advice`. */
  readonly client: string;
  readonly title: string;
  readonly language: string;
  readonly code: string;
  readonly notes: readonly string[];
}
