import { describe, expect, test } from "vitest";
import type { PresignedVariant } from "#core/observations/exchange.ts";
import { presign } from "#core/signing/presign.ts";
import { presignVariant } from "#core/signing/presign-variant.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { hashing } from "#node/crypto/hashing.ts";
import type { LabRequest } from "#node/lab/wire.ts";
import { credentials, makeApp, makeRequest } from "../../../support/lab-app.ts";

const scopes: Readonly<Record<string, SigningScope>> = {
  "orders-direct": { service: "lambda", region: "eu-west-1", payload: "signed" },
  "orders-lattice": { service: "vpc-lattice-svcs", region: "eu-west-1", payload: "unsigned" },
  "orders-api": { service: "execute-api", region: "eu-west-1", payload: "signed" },
  "signed-http": { service: "orders", region: "eu-west-1", payload: "signed" },
};

const scopeOf = (id: string): SigningScope => scopes[id] ?? { service: "", region: "", payload: "signed" };

/** The target's usual request with another path and headers, as presigning makes them. */
function presigned(id: string, by: (signable: Parameters<typeof presign>[1]) => { path: string; headers: object }) {
  const usual = makeRequest(id, { scope: null });
  const { host = "", ...headers } = Object.fromEntries(usual.headers);
  const made = by({ method: usual.method, path: usual.path, host, headers, body: usual.body });
  return { ...usual, path: made.path, headers: Object.entries({ host, ...made.headers }) };
}

async function answered(id: string, request: LabRequest): Promise<readonly [number, string]> {
  const reply = await makeApp(id)(request);
  if (reply.kind !== "response") throw new Error(`expected a response, got ${reply.kind}`);
  return [reply.status, reply.body.toString()];
}

const variant = (id: string, name: PresignedVariant) =>
  answered(
    id,
    presigned(id, (signable) => presignVariant(hashing, signable, credentials, scopeOf(id), Date.now(), name)),
  );

describe.each(Object.keys(scopes))("a signature in the query at %s of the lab", (id) => {
  test("is taken, session token and all, for as long as it is good", async () => {
    expect((await variant(id, "presigned"))[0]).toBe(200);
    const nearlyOver = Date.now() - 3_500_000;
    const old = presigned(id, (signable) =>
      presign(hashing, signable, credentials, scopeOf(id), nearlyOver, 3600, "in-headers"),
    );
    expect((await answered(id, old))[0]).toBe(200);
  });

  test.each([
    ["presigned-expired", /Signature expired/],
    ["presigned-other-service", /Credential should be scoped to correct service/],
    ["presigned-without-token", /The security token included in the request is invalid/],
  ] as const)("%s is refused for that", async (name, says) => {
    const [status, body] = await variant(id, name);
    expect(status).toBe(403);
    expect(body).toMatch(says);
  });

  test("is refused when anything beside it was changed", async () => {
    const request = presigned(id, (signable) =>
      presign(hashing, signable, credentials, scopeOf(id), Date.now(), 60, "in-headers"),
    );
    for (const path of [
      request.path.replace("X-Amz-Expires=60", "X-Amz-Expires=604800"),
      request.path.replace("?", "?admin=true&"),
      request.path.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
    ]) {
      const [status, body] = await answered(id, { ...request, path });
      expect([status, /signature we calculated does not match/.test(body)]).toEqual([403, true]);
    }
  });
});

test("Lattice asks for x-amz-content-sha256 as a header, wherever the signature is", async () => {
  const id = "orders-lattice";
  const request = presigned(id, (signable) =>
    presign(hashing, signable, credentials, scopeOf(id), Date.now(), 60, "in-query"),
  );
  expect(await answered(id, request)).toEqual([403, "InvalidSignatureException: Signed payloads are not supported"]);
});
