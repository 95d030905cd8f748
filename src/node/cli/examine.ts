import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { CredentialsSource } from "#core/config/config.ts";
import { clean } from "#core/reporters/clean.ts";
import { sign } from "#core/signing/sign.ts";
import { createCredentialStore, meansOn, type StoreMeans } from "#node/credentials/store.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { findK6 } from "#node/load/k6-binary/find-k6.ts";
import type { Call } from "./command.ts";
import { readClock } from "./examine-clock.ts";
import { openFilesMax } from "./open-files.ts";
import { reason } from "./open-run.ts";
import { storeMeans } from "./store-means.ts";

/** One thing about this machine. `note` costs nothing now but may surprise later. */
export interface Finding {
  readonly what: string;
  readonly state: "good" | "note" | "bad";
  readonly says: string;
}

const good = (what: string, says: string): Finding => ({ what, state: "good", says });
const note = (what: string, says: string): Finding => ({ what, state: "note", says });
const bad = (what: string, says: string): Finding => ({ what, state: "bad", says });

/** Looks at everything; sends nothing but what the credentials' provider itself asks. */
export async function examine(call: Call): Promise<readonly Finding[]> {
  return [
    examineNode(),
    await examineClock(call),
    await examineSigner(),
    ...(await examineConfig(call)),
    await examineK6(call),
    examineProxies(call),
    await examineOpenFiles(),
    await examineFolder(call),
  ];
}

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fine = major > 20 || (major === 20 && minor >= 12);
  return fine ? good("node", process.version) : bad("node", `${process.version}, but 20.12 or newer is needed`);
}

// A clock that was never set begins in 1970, or where its battery ended.
const releasedAtMs = Date.UTC(2026, 0, 1);

async function examineClock({ env }: Call): Promise<Finding> {
  const { atMs, synchronised } = await readClock(env);
  const at = new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
  if (atMs < releasedAtMs) return bad("clock", `${at}, which is past: signatures are refused, certificates too`);
  if (synchronised === true) return good("clock", `${at}, set by a time service`);
  return note(
    "clock",
    `${at}, ${synchronised === false ? "which no time service sets" : "and whether a time service sets it cannot be asked here (timedatectl)"}: signatures that are five minutes off are refused`,
  );
}

/** Our own signer against AWS's, on a request with everything that trips signers. */
async function examineSigner(): Promise<Finding> {
  const { signWithReference } = await import("#node/crypto/reference-signer.ts");
  const request = {
    method: "POST",
    host: "vpce-0abc.lambda.eu-west-1.vpce.amazonaws.com:8443",
    path: "/2015-03-31/functions/orders%3Alive/invocations?b=2&a=1&a=",
    headers: { "content-type": "application/json", "x-amz-invocation-type": "DryRun" },
    body: '{"tea":"☕"}',
  };
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "made-up", sessionToken: "made-up-too" };
  const scope = { service: "lambda", region: "eu-west-1", payload: "signed" } as const;
  const at = Date.UTC(2026, 10, 23, 10, 11, 12);
  const ours = sign(hashing, request, credentials, scope, at).headers["authorization"];
  const theirs = (await signWithReference(request, credentials, scope, at))["authorization"];
  return ours === theirs
    ? good("signer", "signs as @aws-sdk/signature-v4 does")
    : bad("signer", "signs otherwise than @aws-sdk/signature-v4 on this machine: please report it");
}

async function examineConfig(call: Call): Promise<readonly Finding[]> {
  const file = resolve(call.directory, call.global.config);
  if (!existsSync(file)) {
    return [
      note("config", `there is no ${call.global.config} here: pathproof init writes one`),
      await examineCredentials({ kind: "default-chain" }, meansOn(null), { missing: note }),
    ];
  }
  const { readConfig } = await import("#node/files/read-config.ts");
  const read = await readConfig(file, call.env);
  if (read.kind === "unreadable") return [bad("config", clean(read.message))];
  if (read.kind === "problems")
    return [bad("config", `${read.lines.length} to mend, first ${clean(read.lines[0] ?? "")}`)];
  const { targets, credentials, principals } = read.config;
  const means = await storeMeans(call, read.config).catch(reason);
  if (typeof means === "string") return [bad("config", clean(means))];
  const signing = targets.some(({ auth }) => auth === "iam");
  return [
    good("config", `${call.global.config}: ${targets.length === 1 ? "1 target" : `${targets.length} targets`}`),
    ...(signing ? [await examineCredentials(credentials, means, { missing: bad })] : []),
    ...(await Promise.all(
      principals.map(({ name, source }) =>
        examineCredentials(source, means, { what: `principal ${name}`, missing: bad }),
      ),
    )),
  ];
}

async function examineCredentials(
  source: CredentialsSource,
  means: StoreMeans,
  { what = "credentials", missing }: { readonly what?: string; readonly missing: typeof note },
): Promise<Finding> {
  const reading = await createCredentialStore(source, means).current();
  if (reading.kind === "missing") return missing(what, clean(reading.detail));
  const until = reading.expiresAtMs === null ? "" : `, good until ${new Date(reading.expiresAtMs).toISOString()}`;
  const kind = reading.credentials.sessionToken === null ? "long-term" : "temporary";
  // The access key id is no secret, but a report of it helps nobody who does not hold it already: its end suffices.
  return good(what, `${kind}, key id …${reading.credentials.accessKeyId.slice(-4)}${until}`);
}

async function examineK6(call: Call): Promise<Finding> {
  const found = await findK6({ env: call.env });
  switch (found.kind) {
    case "ok":
      return good("k6", `v${found.version} (${found.how}): ${found.path}`);
    case "wrong":
      return bad("k6", found.message);
    case "nowhere":
      return note(
        "k6",
        `not here yet (${found.tried.join("; ")}): the first load that needs it builds or downloads it`,
      );
  }
}

function examineProxies({ env }: Call): Finding {
  const names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"];
  const set = names.filter((name) => env[name]);
  return set.length === 0
    ? good("proxies", "none in the environment")
    : note("proxies", `${set.join(", ")} set: pathproof goes round them, your SDKs may not`);
}

/** A socket is an open file. */
async function examineOpenFiles(): Promise<Finding> {
  const soft = await openFilesMax();
  if (soft === null) return note("open files", "the limit cannot be read on this system");
  return soft >= 4096
    ? good("open files", `${soft} at most`)
    : note("open files", `${soft} at most: raise it (ulimit -n 65536) before loads with many connections`);
}

async function examineFolder({ directory, global }: Call): Promise<Finding> {
  const folder = resolve(directory, global.out ?? "reports");
  const writable = await access(nearestThere(folder), constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return writable ? good("reports", `go to ${folder}`) : bad("reports", `${folder} cannot be written: use --out`);
}

/** The folder itself, or the one in which it would be made. */
const nearestThere = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
