import { expect, onTestFinished, test } from "vitest";
import { credentialKey, noSessionToken } from "#core/plan/credential-keys.ts";
import type { CredentialsNow } from "#core/signing/credentials.ts";
import { serveCredentials } from "#node/load/credentials-server.ts";

interface Config {
  readonly urlTemplate: string;
  readonly headers: { readonly Authorization: string };
}

async function serve(current: () => Promise<CredentialsNow>, now = () => 90_000) {
  const missing: string[] = [];
  const server = await serveCredentials(current, { slotMs: 30_000, now, onMissing: (detail) => missing.push(detail) });
  onTestFinished(() => server.stop());
  const config: Config = JSON.parse(server.secretsConfig);
  const ask = async (key: string, bearer = config.headers.Authorization) => {
    const response = await fetch(config.urlTemplate.replace("{key}", key), { headers: { authorization: bearer } });
    const said: { readonly value: string } = await response.json();
    return [response.status, said.value] as const;
  };
  return { config, ask, missing };
}

const session = (number: number): CredentialsNow => ({
  kind: "ok",
  credentials: { accessKeyId: `AKID${number}`, secretAccessKey: `secret${number}`, sessionToken: `token${number}` },
});

test("fields of one slot belong to one session, however often that changes meanwhile", async () => {
  let number = 0;
  const { ask } = await serve(async () => session(++number));
  const key = (field: "access-key-id" | "secret-access-key" | "session-token", nowMs: number) =>
    credentialKey(field, nowMs, 30_000);
  const first = await Promise.all([
    ask(key("access-key-id", 90_000)),
    ask(key("secret-access-key", 90_001)),
    ask(key("session-token", 119_999)),
  ]);
  expect(first).toEqual([
    [200, "AKID1"],
    [200, "secret1"],
    [200, "token1"],
  ]);
  expect(await ask(key("session-token", 120_000))).toEqual([200, "token2"]);
  expect(await ask(key("access-key-id", 90_000))).toEqual([200, "AKID1"]);
});

test("nobody gets anything without the run's own token, nor by a key that is none", async () => {
  const { ask } = await serve(async () => session(1));
  expect(await ask("access-key-id.3", "Bearer guess")).toEqual([403, ""]);
  expect(await ask("access-key-id.3", "")).toEqual([403, ""]);
  expect(await ask("password.3")).toEqual([404, ""]);
  expect(await ask("access-key-id.999999")).toEqual([404, ""]);
});

test("long-term keys have a word in place of a session token", async () => {
  const { ask } = await serve(async () => ({
    kind: "ok",
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret", sessionToken: null },
  }));
  expect(await ask("session-token.3")).toEqual([200, noSessionToken]);
});

test("what is missing is said, and asked for again", async () => {
  const answers: CredentialsNow[] = [{ kind: "missing", detail: "the profile is unknown" }, session(1)];
  const { ask, missing } = await serve(async () => answers.shift() ?? session(2));
  expect(await ask("access-key-id.3")).toEqual([404, ""]);
  expect(missing).toEqual(["the profile is unknown"]);
  expect(await ask("access-key-id.3")).toEqual([200, "AKID1"]);
});

test("a source that throws is told as missing", async () => {
  const { ask, missing } = await serve(() => Promise.reject(new Error("no network")));
  expect(await ask("access-key-id.3")).toEqual([404, ""]);
  expect(missing).toEqual(["no network"]);
});

test("two runs have different tokens, on loopback", async () => {
  const [one, other] = [await serve(async () => session(1)), await serve(async () => session(1))];
  expect(one.config.headers.Authorization).not.toBe(other.config.headers.Authorization);
  expect(one.config.urlTemplate).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\{key\}$/);
});
