import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import type { Credentials } from "#core/signing/credentials.ts";
import { readAuthorization } from "#core/signing/read-authorization.ts";
import { verify } from "#core/signing/verify.ts";
import { ms, perSecond } from "#core/units.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listen } from "../../support/listen.ts";

const session = (n: number): Credentials => ({
  accessKeyId: `ASIAEXAMPLE${n}`,
  secretAccessKey: `made-up-secret-${n}`,
  sessionToken: `made-up-token-${n}`,
});

/** Verifies every request with the secret of whoever signed it, and counts them by key. */
async function verifying() {
  const seen = new Map<string, number>();
  const wrong: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "", url = "", rawHeaders } = request;
      const received = {
        method,
        path: url,
        headers: Array.from({ length: rawHeaders.length / 2 }, (_, at): readonly [string, string] => [
          rawHeaders[2 * at] ?? "",
          rawHeaders[2 * at + 1] ?? "",
        ]),
        body: Buffer.concat(parts),
      };
      const reading = readAuthorization(received);
      const key = reading.kind === "ok" ? reading.authorization.accessKeyId : reading.kind;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      const { matches, disagrees } = verify(hashing, received, session(Number(key.at(-1))).secretAccessKey);
      if (!matches) wrong.push(JSON.stringify(disagrees));
      response.writeHead(matches ? 200 : 403).end();
    });
  });
  const { port } = await listen(server, "connection", () => {}, "127.0.0.1");
  return { port, seen, wrong };
}

const request = (
  method: string,
  path: string,
  body: string | null,
  headers: Readonly<Record<string, string>> = {},
) => ({
  name: path,
  method,
  path,
  headers,
  body,
  expect: { statuses: [200], body: null, headers: {} },
});

const signedTarget = (port: number, payload: "signed" | "unsigned") =>
  plannedTarget("only", port, {
    auth: "iam",
    signing: { service: "execute-api", region: "eu-west-1", payload },
    requests: [
      request("GET", "/orders/1?b=2&a=1", null),
      request("POST", "/orders", '{"größe":1}', { "content-type": "application/json" }),
    ],
  });

describe("signed loads of the Node engine", () => {
  test.each(["signed", "unsigned"] as const)("bear signatures that verify, with a %s payload", async (payload) => {
    const { port, seen, wrong } = await verifying();
    const { outcome, samples } = await runEngine(
      loadPlan([signedTarget(port, payload)], {
        arrival: { kind: "open", rate: perSecond(100) },
        durationMs: ms(2200),
      }),
      { credentials: async () => ({ kind: "ok", credentials: session(1) }) },
    );
    expect(outcome.kind).toBe("finished");
    expect(wrong).toEqual([]);
    expect([...seen]).toEqual([["ASIAEXAMPLE1", 220]]);
    expect(samples.every(({ failure }) => failure === null)).toBe(true);
  });

  test("go on with new credentials when the old ones give way, on every thread", async () => {
    const { port, seen, wrong } = await verifying();
    const began = Date.now();
    await runEngine(
      loadPlan([signedTarget(port, "signed")], { arrival: { kind: "closed", connections: 4 }, durationMs: ms(1500) }),
      {
        threads: 2,
        credentialsEveryMs: 50,
        credentials: async () => ({ kind: "ok", credentials: session(Date.now() - began < 700 ? 1 : 2) }),
      },
    );
    expect(wrong).toEqual([]);
    expect([...seen.keys()]).toEqual(["ASIAEXAMPLE1", "ASIAEXAMPLE2"]);
  });

  test("keep what they have when it cannot be renewed, and say so once", async () => {
    const { port, seen } = await verifying();
    let asked = 0;
    const { warnings } = await runEngine(
      loadPlan([signedTarget(port, "signed")], { arrival: { kind: "closed", connections: 1 }, durationMs: ms(600) }),
      {
        credentialsEveryMs: 50,
        credentials: async () =>
          ++asked === 1 ? { kind: "ok", credentials: session(1) } : { kind: "missing", detail: "the source is gone" },
      },
    );
    expect([...seen.keys()]).toEqual(["ASIAEXAMPLE1"]);
    expect(asked).toBeGreaterThan(3);
    expect(warnings).toEqual(["the credentials could not be renewed: the source is gone"]);
  });

  test("do not begin without credentials", async () => {
    const { port, seen } = await verifying();
    const { outcome } = await runEngine(loadPlan([signedTarget(port, "signed")]), {
      credentials: async () => ({ kind: "missing", detail: "no credentials were found" }),
    });
    expect(outcome).toEqual({ kind: "not-started", message: "no credentials were found" });
    expect([...seen]).toEqual([]);
  });
});
