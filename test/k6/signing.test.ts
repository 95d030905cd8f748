import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import type { IncomingMessage, RequestListener } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect } from "vitest";
import type { Credentials } from "#core/signing/credentials.ts";
import { presign } from "#core/signing/presign.ts";
import { readAuthorization } from "#core/signing/read-authorization.ts";
import { sign } from "#core/signing/sign.ts";
import type { Signable } from "#core/signing/signable.ts";
import { verify } from "#core/signing/verify.ts";
import { ms, perSecond } from "#core/units.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { bundleScenario } from "#node/load/bundle-scenario.ts";
import {
  credentials as anyCredentials,
  scope as anyScope,
  signable as anySignable,
  atMs,
} from "../core/signing/arbitrary.ts";
import { loadPlan, plannedTarget, temporaryFolder } from "../support/k6.ts";
import { listenHttp } from "../support/listen.ts";
import { createK6Test, runScenario } from "./run-scenario.ts";

const k6Test = createK6Test();
const signing = { service: "lambda", region: "eu-west-1", payload: "signed" } as const;
const first: Credentials = { accessKeyId: "ASIAFIRST", secretAccessKey: "first-secret", sessionToken: "first-token" };
const second: Credentials = {
  accessKeyId: "ASIASECOND",
  secretAccessKey: "second-secret",
  sessionToken: "second-token",
};

/** Answers what is signed by someone it knows, refuses the rest, and remembers why. */
function gate(secretOf: (accessKeyId: string, token: string | undefined) => string | null): {
  readonly listener: RequestListener;
  readonly refused: string[];
  readonly signed: string[];
} {
  const refused: string[] = [];
  const signed: string[] = [];
  const judge = (asked: IncomingMessage, body: Buffer): string | null => {
    const headers: [string, string][] = Object.entries(asked.headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    );
    const received = { method: asked.method ?? "", path: asked.url ?? "", headers, body };
    const reading = readAuthorization(received);
    if (reading.kind !== "ok") return "unsigned";
    const secret = secretOf(reading.authorization.accessKeyId, asked.headersDistinct["x-amz-security-token"]?.[0]);
    if (secret === null) return `unknown or ended: ${reading.authorization.accessKeyId}`;
    const { matches, disagrees } = verify(hashing, received, secret);
    return matches ? null : JSON.stringify(disagrees);
  };
  return {
    refused,
    signed,
    listener: (asked, response) => {
      const parts: Buffer[] = [];
      asked.on("data", (part: Buffer) => parts.push(part));
      asked.on("end", () => {
        const why = judge(asked, Buffer.concat(parts));
        if (why === null) signed.push(`${asked.method} ${asked.url}`);
        else refused.push(why);
        response.statusCode = why === null ? 200 : 403;
        response.end(why ?? "hello");
      });
    },
  };
}

const secretOfFirst = (id: string, token: string | undefined) =>
  id === first.accessKeyId && token === first.sessionToken ? first.secretAccessKey : null;

const requests = [
  { name: "list", method: "GET", path: "/orders?b=2&a=1%20x&a", headers: { accept: "*/*" }, body: null },
  {
    name: "create",
    method: "POST",
    path: "/orders/it's(1)*!",
    headers: { "content-type": "application/json" },
    body: '{"ü":"日本"}',
  },
].map((request) => ({ ...request, expect: { statuses: [200], body: null, headers: {} } }));

const signedTarget = (port: number, rest = {}) =>
  plannedTarget("only", port, { auth: "iam", signing, requests, ...rest });

const credentialsOf = (given: Credentials) => async () => ({ kind: "ok", credentials: given }) as const;

describe("signing in k6", () => {
  k6Test(
    "gives the bytes that Node gives, for any request, key and moment, in headers and in the query",
    async (k6) => {
      const cases = fc.sample(
        fc.record({ signable: anySignable, credentials: anyCredentials, scope: anyScope, atMs }),
        250,
      );
      const folder = await temporaryFolder();
      const table = cases.map((one) => ({
        ...one,
        signable: { ...one.signable, body: bodyToJson(one.signable.body) },
      }));
      await writeFile(join(folder, "table.json"), JSON.stringify(table));
      const { kind, ...made } = await bundleScenario(join(import.meta.dirname, "sign-table.ts"), folder);
      if (!("script" in made)) throw new Error(`${kind}: ${JSON.stringify(made)}`);
      const { stdout } = await promisify(execFile)(
        k6.path,
        ["run", "--quiet", "--no-color", "--no-usage-report", "-e", `TABLE=${join(folder, "table.json")}`, made.script],
        { timeout: 60_000, maxBuffer: 64 * 1024 * 1024, env: { PATH: process.env["PATH"] ?? "", HOME: folder } },
      );
      const theirs: unknown = JSON.parse(stdout);
      const ours = cases.map(({ signable, credentials, scope, atMs: at }) => ({
        headers: sign(hashing, signable, credentials, scope, at),
        query: presign(hashing, signable, credentials, scope, at, 300),
      }));
      expect(theirs).toEqual(ours.map(({ headers, query }) => ({ headers, repeated: headers, query })));
    },
  );

  k6Test("is verified by a server: different methods, paths, queries and bodies", async (k6) => {
    const { listener, refused, signed } = gate(secretOfFirst);
    const { port } = await listenHttp(listener);
    const { failures, samples } = await runScenario(k6, "steady-signed", loadPlan([signedTarget(port)]), {
      credentials: credentialsOf(first),
    });
    expect(refused).toEqual([]);
    expect(failures).toEqual({});
    expect(samples.length).toBe(signed.length);
    expect(new Set(signed).size).toBe(2);
  });

  k6Test("with an unsigned payload announces that it is, and is verified", async (k6) => {
    const { listener, refused } = gate(secretOfFirst);
    const { port } = await listenHttp(listener);
    const target = signedTarget(port, { signing: { ...signing, service: "vpc-lattice-svcs", payload: "unsigned" } });
    const { failures, samples } = await runScenario(k6, "steady", loadPlan([target]), {
      credentials: credentialsOf(first),
    });
    expect({ refused, failures }).toEqual({ refused: [], failures: {} });
    expect(samples.length).toBeGreaterThan(50);
  });

  k6Test("takes turns with sending unsigned, where a refusal is what is hoped for", async (k6) => {
    const { listener, refused, signed } = gate(secretOfFirst);
    const { port } = await listenHttp(listener);
    const run = (to: number) =>
      runScenario(k6, "mixed-auth", loadPlan([signedTarget(to)]), { credentials: credentialsOf(first) });
    const { failures, samples } = await run(port);
    expect(failures).toEqual({});
    expect(new Set(refused)).toEqual(new Set(["unsigned"]));
    expect(Math.abs(signed.length - samples.length / 2)).toBeLessThan(2);
    // A server that lets strangers in fails the unsigned half.
    const { port: lax } = await listenHttp((_asked, response) => response.end("hello"));
    const careless = await run(lax);
    expect(Object.keys(careless.failures)).toEqual(["open-to-unsigned"]);
    expect(Math.abs((careless.failures["open-to-unsigned"] ?? 0) - careless.samples.length / 2)).toBeLessThan(2);
  });

  k6Test("outlives its session: new credentials are taken up before the old ones end", async (k6) => {
    const began = Date.now();
    const since = () => Date.now() - began;
    const used = new Set<string>();
    const { listener, refused } = gate((id, token) => {
      used.add(id);
      if (id === second.accessKeyId) return token === second.sessionToken ? second.secretAccessKey : null;
      return since() < 5000 ? secretOfFirst(id, token) : null;
    });
    const { port } = await listenHttp(listener);
    const plan = loadPlan([signedTarget(port)], {
      durationMs: ms(7000),
      arrival: { kind: "open", rate: perSecond(60) },
    });
    const { failures, facts } = await runScenario(k6, "steady", plan, {
      credentials: async () => ({ kind: "ok", credentials: since() < 2500 ? first : second }),
      credentialSlotMs: 500,
    });
    expect({ refused, failures, thrown: facts.thrown }).toEqual({ refused: [], failures: {}, thrown: 0 });
    expect([...used].sort()).toEqual(["ASIAFIRST", "ASIASECOND"]);
  });

  k6Test("without credentials says so, sends nothing, and shows in the count of exceptions", async (k6) => {
    const { port, accepted } = await listenHttp((_asked, response) => response.end("hello"));
    const plan = loadPlan([signedTarget(port)], {
      arrival: { kind: "open", rate: perSecond(10) },
      durationMs: ms(1000),
    });
    const { facts, samples } = await runScenario(k6, "steady", plan);
    expect({ samples, accepted }).toEqual({ samples: [], accepted: [] });
    expect(facts.thrown).toBe(facts.iterations);
    expect(facts.firstException).toContain("there are no credentials");
  });

  k6Test("takes static credentials from -e alone", async (k6) => {
    const { listener, refused, signed } = gate(secretOfFirst);
    const { port } = await listenHttp(listener);
    await runScenario(k6, "steady", loadPlan([signedTarget(port)]), {
      scriptEnv: {
        AWS_ACCESS_KEY_ID: first.accessKeyId,
        AWS_SECRET_ACCESS_KEY: first.secretAccessKey,
        AWS_SESSION_TOKEN: first.sessionToken ?? "",
      },
    });
    expect(refused).toEqual([]);
    expect(signed.length).toBeGreaterThan(50);
  });
});

const bodyToJson = (body: Signable["body"]): string | null | readonly number[] =>
  body instanceof Uint8Array ? [...body] : body;
