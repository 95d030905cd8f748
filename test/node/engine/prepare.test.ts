import { describe, expect, test } from "vitest";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { sign } from "#core/signing/sign.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { prepare } from "#node/engine/thread/prepare.ts";
import { createSigning } from "#node/engine/thread/signing.ts";
import { plannedTarget } from "../../support/k6.ts";

const at = Date.parse("2026-11-23T10:11:12.345Z");
const credentials = (n: number) => ({
  accessKeyId: `ASIA${n}`,
  secretAccessKey: `secret-${n}`,
  sessionToken: `token-${n}`,
});
const signing = { service: "lambda", region: "eu-west-1", payload: "signed" } as const;
const target: PlannedTarget = plannedTarget("only", 8080, { auth: "iam", signing });

const request = (over: Partial<PlannedTarget["requests"][number]> = {}) => ({
  name: "main",
  method: "POST",
  path: "/a?b=c",
  headers: { "content-type": "application/json" },
  body: '{"ü":1}',
  expect: { statuses: [200], body: null, headers: {} },
  ...over,
});

const asked = (over: Partial<PlannedTarget["requests"][number]> = {}) => ({
  request: request(over),
  timeoutMs: target.timeoutMs,
});

describe("a prepared request", () => {
  test("is written with its length in bytes, and its body after an empty line", () => {
    const text = prepare(target, asked(), null).wireAt(at).toString("utf8");
    expect(text).toBe(
      'POST /a?b=c HTTP/1.1\r\nhost: 127.0.0.1:8080\r\nuser-agent: pathproof (node)\r\ncontent-length: 8\r\ncontent-type: application/json\r\n\r\n{"ü":1}',
    );
  });

  test("says nothing of a length where a method needs no body, and zero where it does", () => {
    const bytes = (method: string) =>
      prepare(target, asked({ method, body: null }), null)
        .wireAt(at)
        .toString();
    expect(bytes("GET")).not.toContain("content-length");
    expect(bytes("POST")).toContain("content-length: 0\r\n");
  });

  test("bears the signature that signing it once would give, for its second and for its credentials", () => {
    const own = createSigning(target);
    const prepared = prepare(target, asked(), own);
    const expected = (n: number, atMs: number) => {
      const { method, path, headers, body } = request();
      const signable = { method, host: target.hostHeader, path, headers, body };
      return sign(hashing, signable, credentials(n), signing, atMs).headers["authorization"];
    };
    for (const n of [1, 2]) {
      own.renew(credentials(n));
      for (const atMs of [at, at + 300, at + 1000, at + 86_400_000]) {
        const head = prepared.wireAt(atMs).toString("latin1").split("\r\n\r\n")[0] ?? "";
        expect(head).toContain(`\r\nauthorization: ${expected(n, atMs)}`);
        expect(head).toContain(`\r\nx-amz-security-token: token-${n}\r\n`);
        expect(prepared.headersAt(atMs)["authorization"]).toBe(expected(n, atMs));
      }
    }
    expect(prepared.wireAt(at + 100)).toBe(prepared.wireAt(at + 200));
  });

  test("does not let a header of the config stand beside that of the signature", () => {
    const own = createSigning(target);
    own.renew(credentials(1));
    const headers = { "x-amz-security-token": "old", authorization: "old", "x-amz-date": "old" };
    const text = prepare(target, asked({ headers }), own).wireAt(at).toString("latin1");
    expect(text).not.toContain("old");
    for (const name of Object.keys(headers)) expect(text.split(`\r\n${name}: `)).toHaveLength(2);
  });

  test.each([
    ["path", { path: "/a HTTP/1.1\r\nX-Injected: 1" }],
    ["header", { headers: { "x-own": "secret\r\nX-Injected: 1" } }],
  ])("is not made of a %s that would end its line, and the refusal tells no value", (_, over) => {
    expect(() => prepare(target, asked(over), null)).toThrow(RangeError);
    expect(() => prepare(target, asked(over), null)).not.toThrow(/secret|Injected/);
  });
});
