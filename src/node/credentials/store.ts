import type { CredentialsSource } from "#core/config/config.ts";
import { minutes, seconds } from "#core/units.ts";
import { loadCredentials } from "./load-credentials.ts";
import type { CredentialsReading } from "./reading.ts";
import type { Way } from "./way.ts";

/** Holds the run's credentials in memory and nowhere else, and keeps them fresh. */
export interface CredentialStore {
  /** Never rejects, and after the first call seldom waits: credentials still valid are given at once. */
  current(): Promise<CredentialsReading>;
  /** Those of `endedProfile`, whose session has ended on purpose. */
  ended(): Promise<CredentialsReading>;
}

/** Ahead of the end, so that a refresh that fails once or twice costs nothing. */
const refreshAheadMs = minutes(5);
/** Between two attempts, whatever came of the first: thousands of signatures a second must not become as many requests. */
const attemptEveryMs = seconds(10);

export interface StoreMeans {
  readonly now: () => number;
  readonly load: (source: CredentialsSource) => Promise<CredentialsReading>;
}

/** @param way null: without a config */
export const meansOn = (way: Way | null): StoreMeans => ({
  now: Date.now,
  load: (source) => loadCredentials(source, { way }),
});

export function createCredentialStore(
  source: CredentialsSource,
  { now, load }: StoreMeans = meansOn(null),
): CredentialStore {
  let held: CredentialsReading | null = null;
  let last: CredentialsReading | null = null;
  let attempt: Promise<CredentialsReading> | null = null;
  let attemptFromMs = Number.NEGATIVE_INFINITY;
  let endedOnce: Promise<CredentialsReading> | null = null;

  const refresh = (): Promise<CredentialsReading> => {
    attempt ??= load(source).then((reading) => {
      if (reading.kind === "ok") held = reading;
      last = reading;
      attempt = null;
      // Files become free at any moment, and to look again costs nobody anything.
      attemptFromMs = reading.kind === "missing" && reading.fileLimit !== undefined ? now() : now() + attemptEveryMs;
      return reading;
    });
    return attempt;
  };

  const current = async (): Promise<CredentialsReading> => {
    if (held !== null && leftMs(held, now()) > refreshAheadMs) return held;
    if (attempt === null && last !== null && now() < attemptFromMs) return stillGood(held, now()) ?? last;
    const refreshing = refresh();
    // While the old ones are good nobody waits: a slow source must not delay the requests that are being measured.
    return stillGood(held, now()) ?? refreshing;
  };

  return {
    current,
    ended() {
      endedOnce ??= loadEnded(source, load);
      return endedOnce;
    },
  };
}

const leftMs = (reading: CredentialsReading, nowMs: number): number =>
  reading.kind === "missing" ? 0 : (reading.expiresAtMs ?? Number.POSITIVE_INFINITY) - nowMs;

const stillGood = (reading: CredentialsReading | null, nowMs: number): CredentialsReading | null =>
  reading !== null && leftMs(reading, nowMs) > 0 ? reading : null;

function loadEnded(source: CredentialsSource, load: StoreMeans["load"]): Promise<CredentialsReading> {
  if (source.kind === "profile" && source.endedProfile !== null)
    return load({ ...source, profile: source.endedProfile, endedProfile: null });
  return Promise.resolve({
    kind: "missing",
    detail: "No credentials of an ended session: the config names no endedProfile under credentials.",
  });
}
