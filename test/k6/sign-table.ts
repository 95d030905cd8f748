// Runs in k6: signs every request of a table and prints what came of it, for Node to compare.
import type { Credentials } from "#core/signing/credentials.ts";
import { presign } from "#core/signing/presign.ts";
import { sign } from "#core/signing/sign.ts";
import type { Signable } from "#core/signing/signable.ts";
import { createSigner } from "#core/signing/signer.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { hashing } from "../../src/k6/hashing.ts";

declare const __ENV: Readonly<Record<string, string>>;
declare function open(file: string): string;

interface Case {
  readonly signable: Omit<Signable, "body"> & { readonly body: string | null | readonly number[] };
  readonly credentials: Credentials;
  readonly scope: SigningScope;
  readonly atMs: number;
}

const cases: readonly Case[] = JSON.parse(open(__ENV["TABLE"] ?? ""));

export const options = { vus: 1, iterations: 1 };

export default function (): void {}

export function handleSummary(): { stdout: string } {
  const results = cases.map(({ signable: { body, ...rest }, credentials, scope, atMs }) => {
    const signable = { ...rest, body: body === null || typeof body === "string" ? body : Uint8Array.from(body) };
    const signer = createSigner(hashing, credentials, scope);
    signer(signable, atMs - 1000);
    return {
      headers: sign(hashing, signable, credentials, scope, atMs),
      repeated: signer(signable, atMs),
      query: presign(hashing, signable, credentials, scope, atMs, 300),
    };
  });
  return { stdout: JSON.stringify(results) };
}
