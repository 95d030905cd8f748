import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { presign } from "#core/signing/presign.ts";
import { sign } from "#core/signing/sign.ts";
import { hashing } from "#node/crypto/hashing.ts";

interface Suite {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly host: string;
  readonly region: string;
  readonly service: string;
  readonly at: string;
  readonly presignedSeconds: number;
  readonly cases: readonly {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
    readonly token: string | null;
    readonly signature: string;
    readonly presignedSignature?: string;
  }[];
}

const suite: Suite = JSON.parse(readFileSync(new URL("../../vectors/sigv4/aws-suite.json", import.meta.url), "utf8"));
const at = Date.parse(suite.at);

describe("AWS's published test suite", () => {
  const scope = { service: suite.service, region: suite.region, payload: "signed" } as const;
  const credentialsWith = (sessionToken: string | null) => ({
    accessKeyId: suite.accessKeyId,
    secretAccessKey: suite.secretAccessKey,
    sessionToken,
  });

  test.each(suite.cases)("$name", ({ method, path, headers, body, token, signature }) => {
    const request = { method, host: suite.host, path, headers, body };
    expect(sign(hashing, request, credentialsWith(token), scope, at).signature).toBe(signature);
  });

  test.each(suite.cases.filter(({ presignedSignature }) => presignedSignature !== undefined))(
    "$name, presigned",
    ({ method, path, headers, body, token, presignedSignature }) => {
      const request = { method, host: suite.host, path, headers, body };
      const presigned = presign(hashing, request, credentialsWith(token), scope, at, suite.presignedSeconds);
      expect(presigned.signature).toBe(presignedSignature);
    },
  );
});
