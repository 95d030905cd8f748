import { type ExecFileException, execFile } from "node:child_process";
import { basename } from "node:path";

/** The k6 that pathproof brings when there is none. */
export const pinnedVersion = "2.2.0";

/** What is said of versions, wherever it is said. */
export const acceptedVersions = "v2.2.x, or v1.8.x";

export type VersionReading =
  | { readonly kind: "ok"; readonly version: string }
  /** A clause for people: `it is k6 v0.50.0; pathproof works with …`. */
  | { readonly kind: "unfit"; readonly why: string };

const deadlineMs = 20_000;

/** Asks the program itself; whatever does not answer as k6 does is not k6. */
export function readVersion(path: string): Promise<VersionReading> {
  return new Promise((resolve) => {
    const env = { PATH: process.env["PATH"], K6_AUTO_EXTENSION_RESOLUTION: "false", K6_NO_USAGE_REPORT: "true" };
    execFile(path, ["version"], { timeout: deadlineMs, killSignal: "SIGKILL", env }, (error, stdout) => {
      if (error !== null) return resolve({ kind: "unfit", why: `it does not run as k6 (${reason(error)})` });
      resolve(judge(path, stdout));
    });
  });
}

// `k6 v2.2.0 (commit/ab12cd3, go1.26.8, linux/amd64)`; its first word is the name of its file, whatever that is.
const answer = /^(\S+) v(\d+\.\d+\.\d+\S*) \((?:[^)]*, )?go\d/;

function judge(path: string, said: string): VersionReading {
  const [, name, version] = answer.exec(said) ?? [];
  if (version === undefined || (name !== "k6" && name !== basename(path)))
    return { kind: "unfit", why: `"version" is not answered as k6 does (${quote(said)})` };
  if (/^(?:2\.2|1\.8)\.\d+/.test(version)) return { kind: "ok", version };
  return { kind: "unfit", why: `it is k6 v${version}; pathproof works with ${acceptedVersions}` };
}

const reason = (error: ExecFileException): string =>
  error.killed ? `no answer within ${deadlineMs / 1000} s` : String(error.code ?? error.message);

const quote = (text: string): string => JSON.stringify(text.trim().slice(0, 60));
