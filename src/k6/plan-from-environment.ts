import type { Arrival, LoadPlan, PlannedTarget } from "#core/plan/load-plan.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { type Ms, ms, perSecond } from "#core/units.ts";
import { authority, readOrigin } from "./origin.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A plan of one target for `k6 run steady.js -e TARGET_URL=https://host/path`, without a config or a runner.
 *
 * @see docs/scenarios.md for the variables
 */
export function planFromEnvironment(environment: Environment): LoadPlan {
  const url = environment["TARGET_URL"] ?? environment["BASE_URL"];
  if (url === undefined)
    throw new Error("nothing to send to: give -e TARGET_URL=https://host/path, or run this with `pathproof run`");
  return {
    schema: "pathproof.load-plan/1",
    load: "plain",
    scenario: "plain",
    arrival: arrivalOf(environment),
    durationMs: duration("PATHPROOF_DURATION", environment, "30s"),
    warmupMs: duration("PATHPROOF_WARMUP", environment, "0s"),
    targets: [targetOf(url, environment)],
  };
}

function arrivalOf(environment: Environment): Arrival {
  const connections = environment["PATHPROOF_CONNECTIONS"];
  if (connections !== undefined) return { kind: "closed", connections: amount("PATHPROOF_CONNECTIONS", connections) };
  const rate = environment["PATHPROOF_RATE"] ?? "10/s";
  return { kind: "open", rate: perSecond(amount("PATHPROOF_RATE", rate.replace(/\/s$/, ""))) };
}

function targetOf(url: string, environment: Environment): PlannedTarget {
  const [, base, path] = /^(https?:\/\/[^/?#]+)([^#\s]*)$/i.exec(url) ?? [];
  const origin = base === undefined ? null : readOrigin(base);
  if (origin === null) throw new Error(`TARGET_URL: expected https://host[:port][/path], got ${JSON.stringify(url)}`);
  const signing = environment["PATHPROOF_AUTH"] === "iam" ? scopeOf(origin.host, environment) : null;
  return {
    id: environment["PATHPROOF_TARGET"] ?? authority(origin),
    kind: "http",
    origin: `${origin.scheme}://${authority(origin)}`,
    hostHeader: authority(origin),
    protocol: "http/1.1",
    auth: signing === null ? "none" : "iam",
    signing,
    requests: [requestOf(path ?? "", environment)],
    timeoutMs: duration("PATHPROOF_TIMEOUT", environment, "30s"),
    functionErrors: true,
    addresses: [],
    idleTimerMs: null,
    connection: { requestsMax: null, ageMsMax: null },
  };
}

const requestOf = (path: string, environment: Environment): PlannedTarget["requests"][number] => ({
  name: "main",
  method: environment["PATHPROOF_METHOD"] ?? "GET",
  path: path.startsWith("/") ? path : `/${path}`,
  headers: {},
  body: environment["PATHPROOF_BODY"] ?? null,
  expect: { statuses: [200], body: null, headers: {} },
});

function scopeOf(host: string, environment: Environment): SigningScope {
  const region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"];
  const service = environment["PATHPROOF_SERVICE"] ?? serviceOf(host);
  if (region === undefined) throw new Error("PATHPROOF_AUTH=iam needs a region to sign for: give -e AWS_REGION=…");
  if (service === null)
    throw new Error(
      `PATHPROOF_AUTH=iam: which service answers at ${host}? Give -e PATHPROOF_SERVICE=execute-api, lambda or vpc-lattice-svcs`,
    );
  return { service, region, payload: service === "vpc-lattice-svcs" ? "unsigned" : "signed" };
}

const serviceOf = (host: string): string | null =>
  ["vpc-lattice-svcs", "execute-api", "lambda"].find((service) => host.includes(`${service}.`)) ?? null;

function amount(name: string, said: string): number {
  const value = Number(said);
  if (said.trim() === "" || !(value > 0))
    throw new Error(`${name}: expected a number above 0, got ${JSON.stringify(said)}`);
  return value;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function duration(name: string, environment: Environment, usual: string): Ms {
  const said = environment[name] ?? usual;
  const [, value, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(said) ?? [];
  const factor = unitMs[unit ?? ""];
  if (factor === undefined) throw new Error(`${name}: expected a duration such as 30s, got ${JSON.stringify(said)}`);
  return ms(Number(value) * factor);
}
