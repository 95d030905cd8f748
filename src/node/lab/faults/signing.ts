import type { Fault } from "../fault.ts";

const signed = { auth: "iam" } as const;
const everyVerifier = ["api-gateway", "http", "lambda-endpoint", "lattice"] as const;

/** What goes wrong with signatures on the way, or in the front's view of them. */
export const signingFaults: readonly Fault[] = [
  {
    ...signed,
    name: "authorization-stripped",
    title: "A proxy removes the Authorization header",
    // API Gateway has the same words for an unknown route, the likelier reason there.
    kinds: ["http", "lambda-endpoint", "lattice"],
    cause: "auth-missing",
    effects: { signing: "authorization-stripped" },
  },
  {
    ...signed,
    name: "other-service",
    title: "The front belongs to another service than is signed for",
    kinds: everyVerifier,
    cause: "auth-wrong-service",
    effects: { signing: "other-service" },
  },
  {
    ...signed,
    name: "other-region",
    title: "The front belongs to another Region than is signed for",
    kinds: everyVerifier,
    cause: "auth-wrong-region",
    effects: { signing: "other-region" },
  },
  {
    ...signed,
    name: "clock-ahead",
    title: "The front's clock is 20 minutes ahead of the client's",
    kinds: everyVerifier,
    cause: "auth-clock-skew",
    effects: { signing: "clock-ahead" },
  },
  {
    ...signed,
    name: "clock-behind",
    title: "The front's clock is 20 minutes behind the client's",
    kinds: everyVerifier,
    cause: "auth-clock-skew",
    effects: { signing: "clock-behind" },
  },
  {
    ...signed,
    name: "path-rewritten",
    title: "A proxy adds a parameter to the query",
    kinds: everyVerifier,
    cause: "auth-signature-mismatch",
    effects: { signing: "path-rewritten" },
  },
  {
    ...signed,
    name: "host-rewritten",
    title: "A proxy rewrites the port in the Host header",
    kinds: everyVerifier,
    cause: "auth-host-mismatch",
    effects: { signing: "host-rewritten" },
  },
  {
    ...signed,
    name: "key-unknown",
    title: "The access key does not exist (any more)",
    kinds: everyVerifier,
    cause: "auth-unknown-key",
    effects: { signing: "key-unknown" },
  },
  {
    ...signed,
    name: "token-expired",
    title: "The session of the credentials has ended",
    kinds: everyVerifier,
    cause: "auth-token-expired",
    effects: { signing: "token-expired" },
  },
  {
    ...signed,
    name: "payload-hash-rewritten",
    title: "A middlebox puts the payload's hash in place of UNSIGNED-PAYLOAD",
    kinds: ["lattice"],
    cause: "auth-payload-signed",
    effects: { signing: "payload-hash-rewritten" },
  },
  {
    ...signed,
    name: "open-to-anyone",
    title: "Unsigned requests are let in",
    kinds: everyVerifier,
    cause: "open-to-unsigned",
    effects: { signing: "open-to-anyone" },
  },
];
