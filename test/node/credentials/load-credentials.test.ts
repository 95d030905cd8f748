import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { CredentialsSource } from "#core/config/config.ts";
import { loadCredentials } from "#node/credentials/load-credentials.ts";
import { startContainerEndpoint } from "./container-endpoint.ts";
import { useEnvironment, writeProfiles } from "./environment.ts";

const chain: CredentialsSource = { kind: "default-chain" };
const profile = (name: string, file: string | null): CredentialsSource => ({
  kind: "profile",
  profile: name,
  file,
  endedProfile: null,
});
const inAnHour = () => Math.ceil(Date.now() / 1000) * 1000 + 3_600_000;

describe("the default chain", () => {
  test("takes temporary credentials from the environment", async () => {
    useEnvironment({ AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" });
    expect(await loadCredentials(chain)).toEqual({
      kind: "ok",
      credentials: { accessKeyId: "AKIAENV", secretAccessKey: "s", sessionToken: "t" },
      expiresAtMs: null,
    });
  });

  test("knows long-term keys by their missing token", async () => {
    useEnvironment({ AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" });
    expect(await loadCredentials(chain)).toMatchObject({ kind: "ok", credentials: { sessionToken: null } });
  });

  test("sees a changed environment at the next asking", async () => {
    useEnvironment({ AWS_ACCESS_KEY_ID: "AKIAFIRST", AWS_SECRET_ACCESS_KEY: "s" });
    await loadCredentials(chain);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASECOND");
    expect(await loadCredentials(chain)).toMatchObject({ credentials: { accessKeyId: "AKIASECOND" } });
  });

  test("takes AWS_PROFILE over keys in the environment, silently", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { folder } = useEnvironment({
      AWS_PROFILE: "team",
      AWS_ACCESS_KEY_ID: "AKIAENV",
      AWS_SECRET_ACCESS_KEY: "s",
    });
    writeProfiles(folder, "credentials", { team: { aws_access_key_id: "AKIATEAM", aws_secret_access_key: "s" } });
    expect(await loadCredentials(chain)).toMatchObject({ credentials: { accessKeyId: "AKIATEAM" } });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test("asks a container's endpoint and knows when its credentials end", async () => {
    const expiresAtMs = inAnHour();
    const endpoint = await startContainerEndpoint([{ kind: "credentials", accessKeyId: "ASIACONTAINER", expiresAtMs }]);
    useEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.uri });
    expect(await loadCredentials(chain)).toEqual({
      kind: "ok",
      credentials: {
        accessKeyId: "ASIACONTAINER",
        secretAccessKey: "secret of ASIACONTAINER",
        sessionToken: "token of ASIACONTAINER",
      },
      expiresAtMs,
    });
  });

  test("names every place it tried when there is nothing anywhere", async () => {
    useEnvironment();
    const reading = await loadCredentials(chain);
    if (reading.kind !== "missing") throw new Error("credentials out of nowhere");
    expect(reading.detail).toContain("AWS_ACCESS_KEY_ID, not set");
    expect(reading.detail).toContain("profile default");
    expect(reading.detail).toContain("AWS_WEB_IDENTITY_TOKEN_FILE, not set");
    expect(reading.detail).toContain("AWS_EC2_METADATA_DISABLED, set");
  });

  test("gives up on an endpoint that stays silent, at the deadline, and hangs up", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const endpoint = await startContainerEndpoint([{ kind: "silence" }]);
    useEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.uri });
    const before = performance.now();
    const reading = await loadCredentials(chain, { deadlineMs: 400 });
    expect(performance.now() - before).toBeLessThan(5_000);
    if (reading.kind !== "missing") throw new Error("credentials out of silence");
    expect(endpoint.asked()).toBeGreaterThan(0);
    expect(reading.detail).toContain("AWS_CONTAINER_CREDENTIALS_FULL_URI, set");
    expect(reading.detail).not.toContain(endpoint.uri);
    await vi.waitFor(() => expect(endpoint.connections()).toBe(0), { timeout: 5_000 });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test("quotes nothing of an endpoint's refusal", async () => {
    const endpoint = await startContainerEndpoint([{ kind: "status", status: 403, body: '{"message":"SECRET-LEAK"}' }]);
    useEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: "BEARER" });
    const reading = await loadCredentials(chain);
    expect(reading.kind).toBe("missing");
    expect(JSON.stringify(reading)).not.toMatch(/SECRET-LEAK|BEARER/);
  });
});

describe("a profile", () => {
  test("is read from the file that is named", async () => {
    const { folder } = useEnvironment({ AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" });
    const file = writeProfiles(folder, "lab-credentials", {
      lab: { aws_access_key_id: "ASIALAB", aws_secret_access_key: "s", aws_session_token: "t" },
    });
    expect(await loadCredentials(profile("lab", file))).toMatchObject({
      kind: "ok",
      credentials: { accessKeyId: "ASIALAB", sessionToken: "t" },
    });
  });

  test("is read again when the file has changed", async () => {
    const { folder } = useEnvironment();
    const keys = (id: string) => ({ lab: { aws_access_key_id: id, aws_secret_access_key: "s" } });
    const file = writeProfiles(folder, "lab-credentials", keys("AKIABEFORE"));
    await loadCredentials(profile("lab", file));
    writeProfiles(folder, "lab-credentials", keys("AKIAAFTER"));
    expect(await loadCredentials(profile("lab", file))).toMatchObject({ credentials: { accessKeyId: "AKIAAFTER" } });
  });

  test("that does not exist is named in the detail", async () => {
    const { folder } = useEnvironment();
    const file = writeProfiles(folder, "lab-credentials", { other: { aws_access_key_id: "AKIAOTHER" } });
    const reading = await loadCredentials(profile("lab", file));
    if (reading.kind !== "missing") throw new Error("credentials of no profile");
    expect(reading.detail).toContain("profile lab");
    expect(reading.detail).toContain(file);
  });

  test("with a credential_process that fails keeps its command line out of the detail", async () => {
    const { folder } = useEnvironment();
    const secret = "PASSWORD-ON-A-COMMAND-LINE";
    writeFileSync(join(folder, "config"), `[profile run]\ncredential_process = false --password ${secret}\n`);
    const reading = await loadCredentials(profile("run", null));
    expect(reading.kind).toBe("missing");
    expect(JSON.stringify(reading)).not.toContain(secret);
    expect(reading).toMatchObject({
      detail: expect.stringContaining("the credential_process failed; what it said is not shown"),
    });
  });

  test("with a credential_process that gives what has ended, or is none, says so", async () => {
    const { folder } = useEnvironment();
    const old = { Version: 1, AccessKeyId: "AKIAOLD", SecretAccessKey: "s", Expiration: "2020-01-01T00:00:00Z" };
    writeFileSync(join(folder, "old.json"), JSON.stringify(old));
    writeFileSync(join(folder, "none.json"), '{"Version":1}');
    const lines = ["old", "none"].map(
      (name) => `[profile ${name}]\ncredential_process = cat ${join(folder, name)}.json\n`,
    );
    writeFileSync(join(folder, "config"), lines.join(""));
    expect(await loadCredentials(profile("old", null))).toMatchObject({
      detail: expect.stringContaining("Profile old credential_process returned expired credentials. Tried"),
    });
    expect(await loadCredentials(profile("none", null))).toMatchObject({
      detail: expect.stringContaining("Profile none credential_process returned invalid credentials. Tried"),
    });
  });

  test("of SSO that nobody logged in with names the command that does", async () => {
    const { folder } = useEnvironment();
    const session = "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n";
    const account = "sso_account_id = 111122223333\nsso_role_name = reader\n";
    writeFileSync(join(folder, "config"), `[profile team]\nsso_session = corp\n${account}${session}`);
    const reading = await loadCredentials(profile("team", null));
    expect(reading).toMatchObject({
      detail: expect.stringMatching(/was not found or is invalid.*Run `aws sso login --profile team`\.$/),
    });
  });
});

describe("a role to assume", () => {
  const role = (over: Partial<Extract<CredentialsSource, { kind: "role" }>>): CredentialsSource => ({
    kind: "role",
    roleArn: "arn:aws:iam::111122223333:role/reader",
    sessionName: "check",
    externalId: null,
    region: "eu-west-1",
    endpoint: null,
    from: { kind: "environment", prefix: "HALF" },
    ...over,
  });

  test("by somebody of whom half is known is told what is missing there, and nothing of trust policies", async () => {
    useEnvironment({ HALF_ACCESS_KEY_ID: "AKIAHALF" });
    const reading = await loadCredentials(role({}));
    expect(reading).toMatchObject({
      detail: expect.stringMatching(/HALF_SECRET_ACCESS_KEY is not set.*Set these variables\.$/),
    });
  });

  test("at an endpoint where nobody listens is told in words", async () => {
    useEnvironment({ HALF_ACCESS_KEY_ID: "AKIAHALF", HALF_SECRET_ACCESS_KEY: "s" });
    const reading = await loadCredentials(role({ endpoint: "http://127.0.0.1:1" }));
    expect(reading).toMatchObject({
      detail: expect.stringContaining("whoever was asked could not be reached (ECONNREFUSED). Tried: sts:AssumeRole"),
    });
  });
});
