import { sign } from "#core/signing/sign.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { createApp } from "#node/lab/app/create-app.ts";
import { createMarks } from "#node/lab/app/echo-marks.ts";
import { createCallers } from "#node/lab/callers.ts";
import { labTargets } from "#node/lab/targets.ts";
import type { App, LabReply, LabRequest } from "#node/lab/wire.ts";
import type { LabCredentials, LabTarget, Surroundings } from "#node/lab/world.ts";

export const credentials: LabCredentials = {
  accessKeyId: "ASIALABEXAMPLE000001",
  secretAccessKey: "made-up-secret-of-the-lab-0000000000001",
  sessionToken: "made-up-session-token",
};

export const endedCredentials: LabCredentials = {
  accessKeyId: "ASIALABEXAMPLE000002",
  secretAccessKey: "made-up-secret-of-the-lab-0000000000002",
  sessionToken: "made-up-ended-session-token",
};

export const makeWorld = (over: Partial<Surroundings> = {}): Surroundings => ({
  effects: {},
  timeScale: 0.01,
  credentials,
  endedCredentials,
  marks: createMarks(),
  policies: null,
  staleReuse: null,
  callers: createCallers(),
  ...over,
});

export function labTarget(id: string): LabTarget {
  const target = labTargets.find((one) => one.id === id);
  if (target === undefined) throw new RangeError(`no lab target ${id}`);
  return target;
}

export const makeApp = (id: string, over: Partial<Surroundings> = {}): App => createApp(labTarget(id), makeWorld(over));

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Null: unsigned. Left out: as the target's own kind is signed. */
  readonly scope?: SigningScope | null;
  readonly as?: LabCredentials | (Omit<LabCredentials, "sessionToken"> & { readonly sessionToken: null });
  readonly atMs?: number;
}

const scopes: Readonly<Record<string, SigningScope>> = {
  "lambda-endpoint": { service: "lambda", region: "eu-west-1", payload: "signed" },
  lattice: { service: "vpc-lattice-svcs", region: "eu-west-1", payload: "unsigned" },
  "api-gateway": { service: "execute-api", region: "eu-west-1", payload: "signed" },
  http: { service: "orders", region: "eu-west-1", payload: "signed" },
};

const ways: Readonly<Record<string, Ask>> = {
  "orders-direct": { method: "POST", path: "/2015-03-31/functions/orders%3Alive/invocations", body: "{}" },
  "orders-api": { path: "/prod/orders/1", host: "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com" },
  "orders-api-open": { path: "/prod/orders/1", headers: { "x-apigw-api-id": "f6g7h8i9j0" } },
};

/** The request of a lab target's own config, signed correctly where it is to be signed, unless said otherwise. */
export function makeRequest(id: string, ask: Ask = {}): LabRequest {
  const target = labTarget(id);
  const usual = ways[id] ?? { path: "/orders/1" };
  const { method = "GET", path = "/", host = target.hostname, body = "" } = { ...usual, ...ask };
  const headers = { ...usual.headers, ...ask.headers };
  const usualScope = target.auth === "iam" ? (scopes[target.kind] ?? null) : null;
  const scope = ask.scope === undefined ? usualScope : ask.scope;
  const signable = { method, path, host, headers, body };
  const added =
    scope === null ? {} : sign(hashing, signable, ask.as ?? credentials, scope, ask.atMs ?? Date.now()).headers;
  return {
    method,
    path,
    headers: Object.entries({ host, ...headers, ...added }),
    body: Buffer.from(body),
    scheme: target.scheme,
    serverName: target.scheme === "https" ? target.hostname : null,
    remoteAddress: "127.0.0.1",
    localAddress: target.addresses[0] ?? "",
    localPort: 8443,
    requestsBefore: 0,
  };
}

export type Response = Extract<LabReply, { kind: "response" }>;

/** The response of a lab target's application; throws when it is none. */
export async function ask(id: string, asked: Ask = {}, over: Partial<Surroundings> = {}): Promise<Response> {
  const reply = await makeApp(id, over)(makeRequest(id, asked));
  if (reply.kind !== "response") throw new Error(`expected a response, got ${reply.kind}`);
  return reply;
}

export const headerOf = ({ headers }: Response, name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1];
