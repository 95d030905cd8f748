import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { noSessionToken, readCredentialKey } from "#core/plan/credential-keys.ts";
import type { Credentials, CredentialsNow } from "#core/signing/credentials.ts";

/** Hands credentials to k6 on loopback, one field at a time, to whoever bears the run's own token. */
export interface CredentialsServer {
  /** For k6's `--secret-source=url=config=FILE`; holds the bearer token. */
  readonly secretsConfig: string;
  stop(): Promise<void>;
}

/** So that k6 and we may disagree a little about when a slot begins. */
const slotsKept = 2;

export async function serveCredentials(
  current: () => Promise<CredentialsNow>,
  { slotMs, now = Date.now, onMissing }: ServingMeans,
): Promise<CredentialsServer> {
  const bearer = `Bearer ${randomBytes(32).toString("base64url")}`;
  // All fields of a slot come from one reading: a key of one session with the token of another would sign nothing.
  const slots = new Map<number, Promise<CredentialsNow>>();

  const readSlot = (slot: number): Promise<CredentialsNow> => {
    for (const old of slots.keys()) if (old < slot - slotsKept) slots.delete(old);
    const held = slots.get(slot);
    if (held !== undefined) return held;
    const reading = current().catch(
      (error: unknown): CredentialsNow => ({
        kind: "missing",
        detail: error instanceof Error ? error.message : String(error),
      }),
    );
    slots.set(slot, reading);
    // What is missing now may be there in a moment.
    void reading.then(({ kind }) => kind === "missing" && slots.delete(slot));
    return reading;
  };

  const answer = async (request: IncomingMessage): Promise<{ readonly status: number; readonly value: string }> => {
    if (!sameText(request.headers.authorization ?? "", bearer)) return { status: 403, value: "" };
    const key = readCredentialKey((request.url ?? "").slice(1));
    if (key === null || Math.abs(key.slot - Math.floor(now() / slotMs)) > slotsKept) return { status: 404, value: "" };
    const reading = await readSlot(key.slot);
    if (reading.kind === "ok") return { status: 200, value: fieldOf(reading.credentials)[key.field] };
    onMissing(reading.detail);
    return { status: 404, value: "" };
  };

  const server = createServer((request, response) => {
    void answer(request).then(({ status, value }) => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify({ value }));
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the credentials server has no port");

  return {
    secretsConfig: JSON.stringify({
      urlTemplate: `http://127.0.0.1:${address.port}/{key}`,
      headers: { Authorization: bearer },
      responsePath: "value",
      // k6's own limits, 300 a minute, would stop every VU at the beginning of a slot.
      requestsPerMinuteLimit: 600_000,
      requestsBurst: 10_000,
      timeout: "10s",
    }),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface ServingMeans {
  readonly slotMs: number;
  readonly now?: () => number;
  /** Each time k6 asked in vain, with the reason. */
  readonly onMissing: (detail: string) => void;
}

const fieldOf = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) => ({
  "access-key-id": accessKeyId,
  "secret-access-key": secretAccessKey,
  "session-token": sessionToken ?? noSessionToken,
});

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
