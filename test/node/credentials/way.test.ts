import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { CredentialsSource } from "#core/config/config.ts";
import { loadCredentials } from "#node/credentials/load-credentials.ts";
import { type Way, WayError } from "#node/credentials/way.ts";
import { answer } from "#node/lab/app/reply.ts";
import { stsApp } from "#node/lab/app/sts-app.ts";
import { createCallers } from "#node/lab/callers.ts";
import { assumable } from "#node/lab/principals.ts";
import { type Authority, type Identity, makeAuthority } from "../../support/certificates.ts";
import { credentials, makeWorld } from "../../support/lab-app.ts";
import { listenTls } from "../../support/listen.ts";
import { serveApp } from "../../support/serve-app.ts";
import { useEnvironment, writeProfiles } from "./environment.ts";

const regional = "sts.eu-west-1.amazonaws.com";
const endpointName = "vpce-0123-abcdefgh.sts.eu-west-1.vpce.amazonaws.com";

const made: { authority: Authority | null; identity: Identity | null } = { authority: null, identity: null };
beforeAll(async () => {
  const authority = await makeAuthority();
  made.authority = authority;
  made.identity = await authority.issue({ names: [regional, endpointName] });
});

/** Every name leads to this machine, and issuers of the test's own are trusted, unless told otherwise. */
const way = (over: Partial<Way> = {}): Way => ({
  region: "eu-west-1",
  caPem: made.authority?.cert ?? null,
  allow: ["private"],
  addressesOf: async () => ["127.0.0.1"],
  ...over,
});

async function startSts(): Promise<number> {
  const served = await serveApp(stsApp(makeWorld({ callers: createCallers() })), made.identity);
  onTestFinished(() => served.stop());
  return served.port;
}

/** Held by the lab's own client, who may assume the role. */
function useClient(): void {
  vi.stubEnv("APP_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("APP_SECRET_ACCESS_KEY", credentials.secretAccessKey);
  vi.stubEnv("APP_SESSION_TOKEN", credentials.sessionToken);
}

const role = (endpoint: string | null): CredentialsSource => ({
  kind: "role",
  roleArn: assumable.role.arn,
  sessionName: "pathproof",
  externalId: assumable.externalId,
  region: "eu-west-1",
  endpoint,
  from: { kind: "environment", prefix: "APP" },
});

const detail = async (source: CredentialsSource, by: Way, deadlineMs?: number): Promise<string> => {
  const reading = await loadCredentials(source, { way: by, ...(deadlineMs === undefined ? {} : { deadlineMs }) });
  if (reading.kind !== "missing") throw new Error("credentials out of nowhere");
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken])
    expect(reading.detail).not.toContain(secret);
  return reading.detail;
};

describe("STS behind an interface endpoint, with a certificate of a private authority", () => {
  test("is found by the config's names, trusted by its issuers, and gives a session", async () => {
    useEnvironment();
    useClient();
    const asked: string[] = [];
    const addressesOf: Way["addressesOf"] = async (host) => {
      asked.push(host);
      return ["127.0.0.1"];
    };
    const source = role(`https://${endpointName}:${await startSts()}`);
    expect(await loadCredentials(source, { way: way({ addressesOf }) })).toMatchObject({ kind: "ok" });
    expect(asked).toEqual([endpointName]);
  });

  test("is not believed without them, nor under another name", async () => {
    useEnvironment();
    useClient();
    const port = await startSts();
    expect(await detail(role(`https://${endpointName}:${port}`), way({ caPem: null }))).toMatch(
      /No credentials: the certificate of whoever was asked is not trusted \(\w+\)\. .*network\.ca/,
    );
    expect(await detail(role(`https://other.sts.eu-west-1.vpce.amazonaws.com:${port}`), way())).toContain(
      "not trusted (ERR_TLS_CERT_ALTNAME_INVALID)",
    );
  });

  test("is given up at the deadline when it stays silent", async () => {
    useEnvironment();
    useClient();
    const { cert, key } = made.identity ?? { cert: "", key: "" };
    let asked = 0;
    let left = 0;
    const { port } = await listenTls({ cert, key }, (socket) => {
      asked += 1;
      socket.resume().once("close", () => {
        left += 1;
      });
    });
    const source = role(`https://${endpointName}:${port}`);
    expect(await detail(source, way(), 1_500)).toMatch(/no answer within|TimeoutError/);
    expect(asked).toBe(1);
    await vi.waitFor(() => expect(left).toBe(1), { timeout: 5_000 });
  });

  test("whose name is known to nobody is told so", async () => {
    useEnvironment();
    useClient();
    const addressesOf: Way["addressesOf"] = async (host) => {
      throw new WayError(`${host} is not known to the resolver`);
    };
    expect(await detail(role(null), way({ addressesOf }))).toContain(
      "No credentials: sts.eu-west-1.amazonaws.com is not known to the resolver. Tried: sts:AssumeRole",
    );
  });
});

describe("an STS at a public address", () => {
  // TEST-NET-3, which leads nowhere: a test that is wrong waits for its deadline, and asks nobody.
  const publicAddress = "203.0.113.9";
  const refused = `is at ${publicAddress} that limits.allow (private) does not allow`;
  const addressesOf: Way["addressesOf"] = async () => ["10.0.1.10", publicAddress];

  test("is not asked, whoever would ask it: a principal, a profile's role, a web identity", async () => {
    const { folder } = useEnvironment();
    useClient();
    expect(await detail(role(null), way({ addressesOf }))).toContain(`${regional} ${refused}; \`sts\` in it lets`);

    const keys = { aws_access_key_id: credentials.accessKeyId, aws_secret_access_key: credentials.secretAccessKey };
    const deployer = { role_arn: assumable.role.arn, source_profile: "app" };
    const file = writeProfiles(folder, "profiles", { app: keys, deployer });
    const profile = { kind: "profile", profile: "deployer", file, endedProfile: null } as const;
    expect(await detail(profile, way({ addressesOf }))).toContain(`${regional} ${refused}`);
    // A Region of the profile's own goes before the config's.
    const elsewhere = writeProfiles(folder, "elsewhere", {
      app: keys,
      deployer: { ...deployer, region: "eu-north-1" },
    });
    expect(await detail({ ...profile, file: elsewhere }, way({ addressesOf }))).toContain(
      `sts.eu-north-1.amazonaws.com ${refused}`,
    );

    writeFileSync(join(folder, "token"), "made.up.token");
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(folder, "token"));
    vi.stubEnv("AWS_ROLE_ARN", assumable.role.arn);
    expect(await detail({ kind: "default-chain" }, way({ addressesOf }))).toContain(`${regional} ${refused}`);
  });

  test("is not asked where the endpoint is a literal address", async () => {
    useEnvironment();
    useClient();
    expect(await detail(role(`https://${publicAddress}`), way())).toContain(
      `${publicAddress} is an address that limits.allow (private) does not allow`,
    );
  });

  test("is asked where limits.allow says so, for credentials or for everything", async () => {
    useEnvironment();
    useClient();
    const source = role(`https://${endpointName}:${await startSts()}`);
    // What is beyond a narrower list is refused and allowed as a public address is, and can be asked here.
    const beyond = "is at 127.0.0.1 that limits.allow (10.0.0.0/8) does not allow";
    expect(await detail(source, way({ allow: ["10.0.0.0/8"] }))).toContain(beyond);
    for (const entry of ["sts", "127.0.0.1"])
      expect(await loadCredentials(source, { way: way({ allow: ["10.0.0.0/8", entry] }) })).toMatchObject({
        kind: "ok",
      });
  });
});

test("a profile's role is asked of an STS that the environment names, found and trusted as the config says", async () => {
  const { folder } = useEnvironment();
  const port = await startSts();
  vi.stubEnv("AWS_ENDPOINT_URL_STS", `https://${regional}:${port}`);
  const file = writeProfiles(folder, "profiles", {
    app: {
      aws_access_key_id: credentials.accessKeyId,
      aws_secret_access_key: credentials.secretAccessKey,
      aws_session_token: credentials.sessionToken,
    },
    deployer: { role_arn: assumable.role.arn, source_profile: "app", external_id: assumable.externalId },
  });
  const profile = { kind: "profile", profile: "deployer", file, endedProfile: null } as const;
  expect(await loadCredentials(profile, { way: way() })).toMatchObject({ kind: "ok" });
  expect(await detail(profile, way({ caPem: null }))).toContain("is not trusted");
});

test("SSO is found and trusted as the config says, and asked wherever it is: it has public addresses only", async () => {
  const { folder } = useEnvironment();
  const host = "portal.sso.eu-west-1.amazonaws.com";
  const start = "https://example.awsapps.com/start";
  const identity = await made.authority?.issue({ names: [host] });
  const roleCredentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "made-up", sessionToken: "made-up-too" };
  const body = Buffer.from(
    JSON.stringify({ roleCredentials: { ...roleCredentials, expiration: Date.now() + 3_600_000 } }),
  );
  const portal = await serveApp(
    async () => answer(200, [["content-type", "application/json"]], body.toString()),
    identity ?? null,
  );
  onTestFinished(() => portal.stop());
  vi.stubEnv("AWS_ENDPOINT_URL_SSO", `https://${host}:${portal.port}`);
  const cache = join(folder, ".aws", "sso", "cache");
  mkdirSync(cache, { recursive: true });
  const token = { accessToken: "made-up", expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
  writeFileSync(join(cache, `${createHash("sha1").update(start).digest("hex")}.json`), JSON.stringify(token));
  const sso = { sso_start_url: start, sso_region: "eu-west-1", sso_account_id: "111122223333", sso_role_name: "dev" };
  // The SDK looks for it in the usual file only.
  writeProfiles(folder, "credentials", { dev: sso });
  const profile = { kind: "profile", profile: "dev", file: null, endedProfile: null } as const;
  const reading = await loadCredentials(profile, { way: way({ allow: ["10.0.0.0/8"] }) });
  expect(reading).toMatchObject({ kind: "ok", credentials: roleCredentials });
  // The SDK keeps to itself why.
  expect(await detail(profile, way({ caPem: null }))).toContain("No credentials: CredentialsProviderError");
});
