import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { createSigner } from "#core/signing/signer.ts";
import { hashing } from "#node/crypto/hashing.ts";

const script = `
  import { createSigner } from "./src/core/signing/signer.ts";
  import { presign } from "./src/core/signing/presign.ts";
  import { verify } from "./src/core/signing/verify.ts";
  import { curlCommand } from "./src/core/signing/curl.ts";
  globalThis.signing = { createSigner, presign, verify, curlCommand };
`;

test("signing runs where there is nothing but the language: no URL, no TextEncoder, no Buffer, no process", async () => {
  const bundle = await build({
    stdin: { contents: script, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    write: false,
    platform: "neutral",
    format: "iife",
    target: "es2020",
  });
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
  const scope = { service: "lambda", region: "eu-west-1", payload: "signed" } as const;
  const request = {
    method: "POST",
    host: "h",
    path: "/a b%3A//../ü?b=2&a=%7e+",
    headers: { "x-a": " 1  2 " },
    body: "ü",
  };
  const bare = createContext({ hashing, credentials, scope, request });
  expect(runInContext("typeof URL + typeof TextEncoder + typeof Buffer + typeof process", bare)).toBe(
    "undefined".repeat(4),
  );
  runInContext(bundle.outputFiles[0]?.text ?? "", bare);
  const signature = runInContext("signing.createSigner(hashing, credentials, scope)(request, 0).signature", bare);
  expect(signature).toBe(createSigner(hashing, credentials, scope)(request, 0).signature);
  expect(runInContext("signing.presign(hashing, request, credentials, scope, 0, 60).path", bare)).toContain(
    "Signature=",
  );
});
