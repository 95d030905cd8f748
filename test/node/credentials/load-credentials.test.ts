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
  });
});
