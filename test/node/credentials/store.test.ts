import { describe, expect, test, vi } from "vitest";
import type { CredentialsSource } from "#core/config/config.ts";
import { loadCredentials } from "#node/credentials/load-credentials.ts";
import type { CredentialsReading } from "#node/credentials/reading.ts";
import { createCredentialStore } from "#node/credentials/store.ts";
import { startContainerEndpoint } from "./container-endpoint.ts";
import { useEnvironment, writeProfiles } from "./environment.ts";

const chain: CredentialsSource = { kind: "default-chain" };
const minute = 60_000;
const start = Date.parse("2026-11-23T10:00:00Z");

const ok = (accessKeyId: string, expiresAtMs: number | null): CredentialsReading => ({
  kind: "ok",
  credentials: { accessKeyId, secretAccessKey: "s", sessionToken: "t" },
  expiresAtMs,
});
const missing: CredentialsReading = { kind: "missing", detail: "No credentials." };

/** A source whose n-th answer is the n-th reading, and a clock to be set. */
function makeStore(readings: readonly CredentialsReading[]) {
  const clock = { atMs: start };
  const asked: CredentialsSource[] = [];
  const store = createCredentialStore(chain, {
    now: () => clock.atMs,
    load: async (source) => {
      asked.push(source);
      return readings[Math.min(asked.length, readings.length) - 1] ?? missing;
    },
  });
  return { store, clock, asked };
}

const keyOf = (reading: CredentialsReading): string =>
  reading.kind === "ok" ? reading.credentials.accessKeyId : reading.kind;

describe("the credential store", () => {
  test("asks once for credentials without an end", async () => {
    const { store, clock, asked } = makeStore([ok("AKIA1", null)]);
    expect(keyOf(await store.current())).toBe("AKIA1");
    clock.atMs += 365 * 24 * 60 * minute;
    expect(keyOf(await store.current())).toBe("AKIA1");
    expect(asked.length).toBe(1);
  });

  test("asks once for many who ask at the same time", async () => {
    const { store, asked } = makeStore([ok("ASIA1", start + 60 * minute)]);
    const readings = await Promise.all(Array.from({ length: 50 }, () => store.current()));
    expect(new Set(readings.map(keyOf))).toEqual(new Set(["ASIA1"]));
    expect(asked.length).toBe(1);
  });

  test("leaves fresh credentials alone until five minutes before their end", async () => {
    const { store, clock, asked } = makeStore([ok("ASIA1", start + 60 * minute), ok("ASIA2", start + 120 * minute)]);
    await store.current();
    clock.atMs = start + 54 * minute;
    await store.current();
    expect(asked.length).toBe(1);
  });

  test("refreshes five minutes ahead, giving the old meanwhile and the new afterwards", async () => {
    const { store, clock } = makeStore([ok("ASIA1", start + 60 * minute), ok("ASIA2", start + 120 * minute)]);
    await store.current();
    clock.atMs = start + 56 * minute;
    expect(keyOf(await store.current())).toBe("ASIA1");
    expect(keyOf(await store.current())).toBe("ASIA2");
  });

  test("keeps the old while they are good when the refresh fails, and says so once they are not", async () => {
    const { store, clock, asked } = makeStore([ok("ASIA1", start + 60 * minute), missing]);
    await store.current();
    clock.atMs = start + 56 * minute;
    expect(keyOf(await store.current())).toBe("ASIA1");
    clock.atMs = start + 59 * minute;
    expect(keyOf(await store.current())).toBe("ASIA1");
    clock.atMs = start + 61 * minute;
    expect(await store.current()).toEqual(missing);
    expect(asked.length).toBe(4);
  });

  test("comes back when the source does", async () => {
    const { store, clock } = makeStore([missing, ok("ASIA2", null)]);
    expect(await store.current()).toEqual(missing);
    clock.atMs += 11_000;
    expect(keyOf(await store.current())).toBe("ASIA2");
  });

  test("does not ask a failing source again within ten seconds", async () => {
    const { store, clock, asked } = makeStore([missing]);
    for (let i = 0; i < 100; i += 1) {
      clock.atMs += 90;
      await store.current();
    }
    expect(asked.length).toBe(1);
  });

  test("hands out credentials that claim to have ended: this machine's clock may be the one that is wrong", async () => {
    const { store } = makeStore([ok("ASIA1", start - minute)]);
    expect(keyOf(await store.current())).toBe("ASIA1");
    expect(keyOf(await store.current())).toBe("ASIA1");
  });

  test("says what is missing when no ended profile is configured", async () => {
    const { store, asked } = makeStore([ok("ASIA1", null)]);
    expect(await store.ended()).toMatchObject({ kind: "missing", detail: expect.stringContaining("endedProfile") });
    expect(asked.length).toBe(0);
  });
});

describe("the credential store over real sources", () => {
  test("follows a container's endpoint from one set of credentials to the next", async () => {
    const soon = Date.now() + 2 * minute;
    const endpoint = await startContainerEndpoint([
      { kind: "credentials", accessKeyId: "ASIAOLD", expiresAtMs: soon },
      { kind: "credentials", accessKeyId: "ASIANEW", expiresAtMs: soon + 60 * minute },
    ]);
    useEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.uri });
    const clock = { atMs: Date.now() };
    const store = createCredentialStore(chain, { now: () => clock.atMs, load: loadCredentials });
    expect(keyOf(await store.current())).toBe("ASIAOLD");
    clock.atMs += 11_000;
    expect(keyOf(await store.current())).toBe("ASIAOLD");
    await vi.waitFor(async () => expect(keyOf(await store.current())).toBe("ASIANEW"), { timeout: 10_000 });
    expect(endpoint.asked()).toBe(2);
  });

  test("keeps what it holds while the endpoint fails", async () => {
    const endpoint = await startContainerEndpoint([
      { kind: "credentials", accessKeyId: "ASIAOLD", expiresAtMs: Date.now() + 2 * minute },
      { kind: "status", status: 500, body: "{}" },
    ]);
    useEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.uri });
    const clock = { atMs: Date.now() };
    const store = createCredentialStore(chain, {
      now: () => clock.atMs,
      load: (source) => loadCredentials(source, { deadlineMs: 1_000 }),
    });
    await store.current();
    clock.atMs += 11_000;
    await store.current();
    await vi.waitFor(() => expect(endpoint.asked()).toBeGreaterThan(1), { timeout: 10_000 });
    expect(keyOf(await store.current())).toBe("ASIAOLD");
  });

  test("reads the ended profile from the same file", async () => {
    const { folder } = useEnvironment();
    const file = writeProfiles(folder, "lab-credentials", {
      lab: { aws_access_key_id: "ASIALAB", aws_secret_access_key: "s", aws_session_token: "t" },
      ended: { aws_access_key_id: "ASIAENDED", aws_secret_access_key: "s", aws_session_token: "old" },
    });
    const store = createCredentialStore({ kind: "profile", profile: "lab", file, endedProfile: "ended" });
    expect(keyOf(await store.current())).toBe("ASIALAB");
    expect(keyOf(await store.ended())).toBe("ASIAENDED");
  });
});
