// Signatures a second, in one thread, of the same requests: our core, AWS's JavaScript signer and botocore, in turns.
import { spawnSync } from "node:child_process";
import { createHash, createHmac, type Hash } from "node:crypto";
import { Sha256 } from "@aws-crypto/sha256-js";
import { clearCredentialCache, SignatureV4 } from "@aws-sdk/signature-v4";
import { sign } from "#core/signing/sign.ts";
import type { Signable } from "#core/signing/signable.ts";
import { createSigner } from "#core/signing/signer.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { hashing } from "#node/crypto/hashing.ts";

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

interface Contender {
  readonly name: string;
  readonly note: string;
  /** Signs the n-th request and gives its signature. */
  sign(n: number): string | Promise<string>;
}

const rounds = 5;
const roundMs = 250;
const at = Date.parse("2026-11-23T10:11:12Z");
const credentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE".repeat(20),
};
const scope: SigningScope = { service: "lambda", region: "eu-west-1", payload: "signed" };
const host = "lambda.eu-west-1.amazonaws.com";
const headers = { accept: "*/*", "content-type": "application/json", "x-amz-invocation-type": "RequestResponse" };
const padding = "x".repeat(1_000);
const pathOf = (n: number): string => `/2015-03-31/functions/orders%3Alive/invocations?Qualifier=live&n=${n}`;
const bodyOf = (n: number): string => JSON.stringify({ n, padding });
const requestOf = (n: number): Signable => ({ method: "POST", host, path: pathOf(n), headers, body: bodyOf(n) });

/** `node:crypto` in the form the reference takes, to tell its own cost from that of hashing in JavaScript. */
class NativeSha256 {
  #hash: Hash | ReturnType<typeof createHmac>;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = secret === undefined || typeof secret === "string" ? secret : bytesOf(secret);
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", key);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    this.#hash = createHash("sha256");
  }
}

const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

function reference(sha256: typeof Sha256 | typeof NativeSha256): (n: number) => Promise<string> {
  const signer = new SignatureV4({ ...scope, credentials, sha256, applyChecksum: false });
  return async (n) => {
    const request = {
      protocol: "https:",
      hostname: host,
      method: "POST",
      path: pathOf(n).split("?")[0] ?? "",
      query: { Qualifier: "live", n: String(n) },
      headers: { ...headers, host },
      body: bodyOf(n),
    };
    const signed = await signer.sign(request, { signingDate: new Date(at) });
    return signed.headers["authorization"]?.slice(-64) ?? "";
  };
}

function contenders(): readonly Contender[] {
  const signer = createSigner(hashing, credentials, scope);
  const repeated = requestOf(0);
  const inJavaScript = reference(Sha256);
  return [
    {
      name: "core, key derived every time",
      note: "sign()",
      sign: (n) => sign(hashing, requestOf(n), credentials, scope, at).signature,
    },
    {
      name: "core, key cached",
      note: "createSigner(), every request another",
      sign: (n) => signer(requestOf(n), at).signature,
    },
    {
      name: "core, request repeating, every second another",
      note: "createSigner(), canonical form kept",
      sign: (n) => signer(repeated, at + n * 1000).signature,
    },
    {
      name: "core, request repeating within its second",
      note: "createSigner(), signature kept",
      sign: () => signer(repeated, at).signature,
    },
    {
      name: "reference, key derived every time",
      note: "@aws-sdk/signature-v4 with @aws-crypto/sha256-js",
      sign: (n) => {
        clearCredentialCache();
        return inJavaScript(n);
      },
    },
    { name: "reference, key cached", note: "@aws-sdk/signature-v4 with @aws-crypto/sha256-js", sign: inJavaScript },
    {
      name: "reference with node:crypto, key cached",
      note: "@aws-sdk/signature-v4, hashing native",
      sign: reference(NativeSha256),
    },
  ];
}

async function ratePerSecond({ sign: signOnce }: Contender, from: number): Promise<number> {
  const start = performance.now();
  let n = from;
  let elapsedMs = 0;
  while (elapsedMs < roundMs) {
    for (let i = 0; i < 50; i += 1) {
      n += 1;
      const signature = signOnce(n);
      if (typeof signature !== "string") await signature;
    }
    elapsedMs = performance.now() - start;
  }
  return ((n - from) / elapsedMs) * 1000;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

// Reads what to sign and for how long; writes a signature and the rate.
const botocoreScript = `
import datetime, json, sys, time
import botocore, botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
given = json.load(sys.stdin)
moment = datetime.datetime.fromtimestamp(given["at"] / 1000, datetime.timezone.utc).replace(tzinfo=None)
botocore.auth.get_current_datetime = lambda *_, **__: moment
credentials = Credentials(given["accessKeyId"], given["secretAccessKey"], given["sessionToken"])
signer = botocore.auth.SigV4Auth(credentials, given["service"], given["region"])
def sign(n):
    body = json.dumps({"n": n, "padding": given["padding"]}, separators=(",", ":")).encode()
    url = given["url"] + str(n)
    request = AWSRequest(method="POST", url=url, headers=dict(given["headers"]), data=body)
    signer.add_auth(request)
    return request.headers["Authorization"][-64:]
def rate():
    start, n = time.perf_counter(), 0
    while time.perf_counter() - start < given["roundS"]:
        n += 1
        sign(n)
    return n / (time.perf_counter() - start)
print(json.dumps({"signature": sign(1), "version": botocore.__version__, "rate": rate()}))
`;

interface BotocoreAnswer {
  readonly signature: string;
  readonly version: string;
  readonly rate: number;
}

/** Null where there is no python3 with botocore. */
function runBotocore(): BotocoreAnswer | null {
  const url = `https://${host}${pathOf(1).slice(0, -1)}`;
  const given = { ...credentials, ...scope, at, url, headers, padding, roundS: roundMs / 1000 };
  const run = spawnSync("python3", ["-c", botocoreScript], { input: JSON.stringify(given), timeout: 60_000 });
  if (run.status !== 0) {
    console.error("signing: botocore is left out, since python3 with botocore did not run");
    return null;
  }
  const answer: BotocoreAnswer = JSON.parse(run.stdout.toString());
  return answer;
}

export async function benchSigning(): Promise<readonly Row[]> {
  const all = contenders();
  const expected = sign(hashing, requestOf(1), credentials, scope, at).signature;
  const botocore = runBotocore();
  const others = await Promise.all(
    all.filter(({ name }) => !name.includes("repeating")).map(async (one) => one.sign(1)),
  );
  const signatures = [...others, ...(botocore === null ? [] : [botocore.signature])];
  if (signatures.some((signature) => signature !== expected))
    throw new Error("the signers disagree about the benchmark's request: their speeds would compare nothing");
  const rates = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  const botocoreRates: number[] = [];
  // In turns, so that a disturbance of the machine meets all of them; the first round warms up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of all) {
      const rate = await ratePerSecond(contender, round * 10_000_000);
      if (round > 0) rates.get(contender.name)?.push(rate);
    }
    const rate = botocore === null || round === 0 ? undefined : runBotocore()?.rate;
    if (rate !== undefined) botocoreRates.push(rate);
  }
  const unit = "signatures/s";
  const measured = all.map(({ name, note }) => ({ name, note, value: median(rates.get(name) ?? []), unit }));
  if (botocore !== null)
    measured.push({
      name: "botocore, key derived every time",
      note: `botocore ${botocore.version}, Python`,
      value: median(botocoreRates),
      unit,
    });
  return [...measured, ...ratios(measured)];
}

function ratios(rows: readonly Row[]): readonly Row[] {
  const rate = (name: string): number => rows.find((row) => row.name === name)?.value ?? Number.NaN;
  const over = (a: string, b: string): Row => ({ name: `${a} ÷ ${b}`, value: rate(a) / rate(b), unit: "×", note: "" });
  return [
    over("core, key cached", "reference, key cached"),
    over("core, key cached", "reference with node:crypto, key cached"),
    over("core, key derived every time", "reference, key derived every time"),
    over("core, key derived every time", "botocore, key derived every time"),
    over("core, request repeating within its second", "core, key cached"),
  ].filter(({ value }) => !Number.isNaN(value));
}

export const bench = benchSigning;
