import { expect, onTestFinished, test, vi } from "vitest";
import type { CredentialsSource } from "#core/config/config.ts";
import { loadCredentials } from "#node/credentials/load-credentials.ts";
import { createPrincipalStores } from "#node/credentials/principals.ts";
import { meansOn } from "#node/credentials/store.ts";
import { stsApp } from "#node/lab/app/sts-app.ts";
import { createCallers } from "#node/lab/callers.ts";
import { assumable } from "#node/lab/principals.ts";
import { credentials, makeWorld } from "../../support/lab-app.ts";
import { listenReplying } from "../../support/listen.ts";
import { serveApp } from "../../support/serve-app.ts";
import { useEnvironment } from "./environment.ts";

const environment = (prefix: string): CredentialsSource => ({ kind: "environment", prefix });

/** Held by the lab's own client. */
function useClient(prefix = "APP", over: Partial<typeof credentials> = {}): CredentialsSource {
  const held = { ...credentials, ...over };
  vi.stubEnv(`${prefix}_ACCESS_KEY_ID`, held.accessKeyId);
  vi.stubEnv(`${prefix}_SECRET_ACCESS_KEY`, held.secretAccessKey);
  vi.stubEnv(`${prefix}_SESSION_TOKEN`, held.sessionToken);
  return environment(prefix);
}

const role = (
  endpoint: string,
  over: Partial<Extract<CredentialsSource, { kind: "role" }>> = {},
): CredentialsSource => ({
  kind: "role",
  roleArn: assumable.role.arn,
  sessionName: "pathproof",
  externalId: assumable.externalId,
  region: "eu-west-1",
  endpoint,
  from: environment("APP"),
  ...over,
});

async function startSts() {
  const callers = createCallers();
  const served = await serveApp(stsApp(makeWorld({ callers })));
  onTestFinished(() => served.stop());
  return { callers, origin: served.origin };
}

test("environment variables of a prefix are a principal's", async () => {
  useEnvironment();
  useClient("CI_AWS");
  expect(await loadCredentials(environment("CI_AWS"))).toEqual({ kind: "ok", credentials, expiresAtMs: null });
});

test("a variable that is missing is named, and nothing of the others", async () => {
  useEnvironment();
  vi.stubEnv("CI_AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("CI_AWS_SECRET_ACCESS_KEY", undefined);
  const reading = await loadCredentials(environment("CI_AWS"));
  expect(reading).toEqual({
    kind: "missing",
    detail:
      "No credentials: CI_AWS_SECRET_ACCESS_KEY is not set. Tried: the environment (CI_AWS_ACCESS_KEY_ID, set; CI_AWS_SECRET_ACCESS_KEY, not set). Set these variables.",
  });
});

test("a role is assumed through STS, which verifies the signature, and its session can be used and ends", async () => {
  useEnvironment();
  useClient();
  const { callers, origin } = await startSts();
  const reading = await loadCredentials(role(origin));
  if (reading.kind !== "ok") throw new Error(reading.detail);
  expect(reading.expiresAtMs).toBeGreaterThan(Date.now());
  expect(callers.find(reading.credentials.accessKeyId)).toMatchObject({
    credentials: reading.credentials,
    principal: { arn: "arn:aws:sts::111122223333:assumed-role/pathproof-lab-auditor/pathproof" },
  });
});

test.each<readonly [string, Partial<Extract<CredentialsSource, { kind: "role" }>>, RegExp]>([
  [
    "a trust policy that wants another external id",
    { externalId: "another" },
    /is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role\/pathproof-lab-auditor\..*Let the role's trust policy name the caller/,
  ],
  [
    "a role that is not there",
    { roleArn: "arn:aws:iam::111122223333:role/none" },
    /is not authorized to perform: sts:AssumeRole.*Let the role's trust policy name the caller/,
  ],
  [
    "a caller without credentials",
    { from: environment("NOBODY") },
    /NOBODY_ACCESS_KEY_ID is not set.*Set these variables\.$/,
  ],
])("%s is told in a sentence without a secret", async (_, over, says) => {
  useEnvironment();
  useClient();
  const { origin } = await startSts();
  const reading = await loadCredentials(role(origin, over));
  if (reading.kind !== "missing") throw new Error("credentials out of nowhere");
  expect(reading.detail).toMatch(says);
  expect(reading.detail).not.toContain(credentials.secretAccessKey);
  expect(reading.detail).not.toContain(credentials.sessionToken);
});

test("a caller whose secret is wrong is refused by STS", async () => {
  useEnvironment();
  useClient("APP", { secretAccessKey: "another" });
  const { origin } = await startSts();
  expect(await loadCredentials(role(origin))).toMatchObject({
    kind: "missing",
    detail: expect.stringContaining("SignatureDoesNotMatch"),
  });
});

test("an STS that stays silent is given up at the deadline", async () => {
  useEnvironment();
  useClient();
  const { port } = await listenReplying(() => null);
  const reading = await loadCredentials(role(`http://127.0.0.1:${port}`), { deadlineMs: 300 });
  expect(reading).toMatchObject({ kind: "missing", detail: expect.stringContaining("no answer within 300 ms") });
});

test("an STS out of reach is told by its error's code", async () => {
  useEnvironment();
  useClient();
  expect(await loadCredentials(role("http://127.0.0.1:1"))).toMatchObject({
    kind: "missing",
    detail: expect.stringContaining("ECONNREFUSED"),
  });
});

test("every principal has a store of its own, and nobody is asked before somebody signs", async () => {
  useEnvironment();
  useClient("CI_AWS");
  const stores = createPrincipalStores({ principals: [{ name: "ci", source: environment("CI_AWS") }] }, meansOn(null));
  expect([...stores.keys()]).toEqual(["ci"]);
  expect(await stores.get("ci")?.current()).toMatchObject({ kind: "ok" });
});
