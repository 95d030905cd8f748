import type { Principal } from "#core/policies/access.ts";
import { type Authorization, readAuthorization } from "#core/signing/read-authorization.ts";
import { amzDate, dayOf, parseAmzDate } from "#core/signing/timestamp.ts";
import { verify } from "#core/signing/verify.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import { hashing } from "#node/crypto/hashing.ts";
import type { LabCaller } from "../callers.ts";
import type { LabRequest } from "../wire.ts";
import type { Surroundings } from "../world.ts";
import { labPrincipal } from "./principal.ts";

/** What a front expects a signature to be for. */
export interface Scope {
  readonly service: string;
  readonly region: string;
}

export type Authentication =
  /** `by`: null for the lab's own client. */
  | { readonly kind: "caller"; readonly principal: Principal; readonly by: LabCaller | null }
  /** No signature at all: what that means is for the front to say. */
  | { readonly kind: "unsigned" }
  | { readonly kind: "refused"; readonly refusal: Refusal };

const windowMinutes = 5;
const minuteMs = 60_000;
const skewMs = 20 * minuteMs;

/**
 * Verifies a signature in the order recorded for AWS's JSON services: parts, date, Host, scope (all that is wrong with it in
 * one message), key, signature, session token.
 *
 * @see https://github.com/architect/dynalite
 */
export function authenticate(request: LabRequest, scope: Scope, world: Surroundings): Authentication {
  const reading = readAuthorization(request);
  if (reading.kind === "none") return { kind: "unsigned" };
  if (reading.kind === "incomplete") {
    // Another scheme than SigV4 (Bearer, Basic) is no signature at all.
    if (reading.missing === "Algorithm") return { kind: "unsigned" };
    return { kind: "refused", refusal: { kind: "auth-incomplete", missing: reading.missing } };
  }
  const { authorization } = reading;
  const refusal =
    wrongTime(authorization, frontClock(world)) ??
    hostUnsigned(authorization) ??
    wrongScope(authorization, expectedScope(scope, world)) ??
    wrongKey(request, authorization, world);
  if (refusal !== null) return { kind: "refused", refusal };
  const by = world.callers.find(authorization.accessKeyId);
  return { kind: "caller", principal: by?.principal ?? labPrincipal, by };
}

function frontClock({ effects }: Surroundings): number {
  if (effects.signing === "clock-ahead") return Date.now() + skewMs;
  if (effects.signing === "clock-behind") return Date.now() - skewMs;
  return Date.now();
}

function expectedScope({ service, region }: Scope, { effects }: Surroundings): Scope {
  return {
    service: effects.signing === "other-service" ? (service === "lambda" ? "execute-api" : "lambda") : service,
    region: effects.signing === "other-region" ? (region === "eu-central-1" ? "us-east-1" : "eu-central-1") : region,
  };
}

function wrongTime({ date, expiresS }: Authorization, nowMs: number): Refusal | null {
  const atMs = parseAmzDate(date);
  if (atMs === null) return { kind: "auth-incomplete", missing: "Date" };
  const stamps = { signedAt: date, now: amzDate(nowMs), windowMinutes };
  const lifeMs = expiresS === null ? windowMinutes * minuteMs : expiresS * 1000;
  if (atMs < nowMs - lifeMs) return { kind: "signature-expired", ...stamps };
  if (atMs > nowMs + windowMinutes * minuteMs) return { kind: "signature-not-yet", ...stamps };
  return null;
}

const hostUnsigned = ({ signedHeaders }: Authorization): Refusal | null =>
  signedHeaders.includes("host") ? null : { kind: "auth-incomplete", missing: "Host" };

function wrongScope({ day, date, region, service, terminator }: Authorization, expected: Scope): Refusal | null {
  const problems = [
    region === expected.region ? "" : `Credential should be scoped to a valid region, not '${region}'.`,
    service === expected.service ? "" : `Credential should be scoped to correct service: '${expected.service}'.`,
    terminator === "aws4_request"
      ? ""
      : `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    day === dayOf(date)
      ? ""
      : "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: " +
        `'${day}' != '${dayOf(date)}', from '${date}'.`,
  ].filter((problem) => problem !== "");
  return problems.length === 0 ? null : { kind: "wrong-scope", problems };
}

function wrongKey(request: LabRequest, authorization: Authorization, world: Surroundings): Refusal | null {
  const { effects, credentials, endedCredentials, callers } = world;
  const known =
    [credentials, endedCredentials].find((one) => one.accessKeyId === authorization.accessKeyId) ??
    callers.find(authorization.accessKeyId)?.credentials;
  if (known === undefined || effects.signing === "key-unknown") return { kind: "unknown-key" };
  const { matches, canonicalRequest, stringToSign } = verify(hashing, request, known.secretAccessKey);
  if (!matches) return { kind: "signature-mismatch", canonicalRequest, stringToSign };
  // A key of a session is nothing without the session's own token.
  if (authorization.sessionToken !== known.sessionToken) return { kind: "unknown-key" };
  return known === endedCredentials || effects.signing === "token-expired" ? { kind: "token-expired" } : null;
}

/** The key id a request claims to be signed with; empty when there is none. */
export function accessKeyIdOf(request: LabRequest): string {
  const reading = readAuthorization(request);
  return reading.kind === "ok" ? reading.authorization.accessKeyId : "";
}
