import { describe, expect, test } from "vitest";
import type { Config } from "#core/config/config.ts";
import { parseConfig } from "#core/config/parse-config.ts";
import { showPath } from "#core/config/problem.ts";
import type { Target } from "#core/targets/target.ts";

const context = { env: {}, directory: "/etc/pathproof" };

type Tree = Record<string, unknown>;

function parsed(over: Tree, env: Record<string, string> = {}): Config {
  const read = parseConfig({ version: 1, targets: { orders: plain }, ...over }, { ...context, env });
  if (read.kind === "ok") return read.config;
  throw new Error(read.problems.map(({ path, expected, got }) => `${showPath(path)}: ${expected}, ${got}`).join("\n"));
}

function target(entry: Tree, over: Tree = {}): Target {
  const [only] = parsed({ ...over, targets: { orders: entry } }).targets;
  if (only === undefined) throw new Error("no target");
  return only;
}

const problems = (over: Tree, env: Record<string, string> = {}): readonly string[] => {
  const read = parseConfig({ version: 1, targets: { orders: plain }, ...over }, { ...context, env });
  return read.kind === "ok" ? [] : read.problems.map(({ path }) => showPath(path));
};

const plain = { kind: "http", url: "http://127.0.0.1:8080" };
const alb = { kind: "alb", url: "https://orders.example.internal" };
const lattice = { kind: "lattice", url: "https://svc-0abc.7d67968.vpc-lattice-svcs.eu-central-1.on.aws" };
const direct = { kind: "lambda-endpoint", function: "orders:live" };

describe("the least config", () => {
  test("has the documented defaults", () => {
    expect(parsed({})).toMatchObject({
      region: null,
      credentials: { kind: "default-chain" },
      network: { resolve: {}, dns: null, caFile: null },
      loads: [],
      compare: { rate: 50, durationMs: 600_000, marginMs: 2, principal: "default", prices: null },
      limits: { maxRate: 2000, maxDurationMs: 3_600_000, allow: ["private"] },
    });
    expect(target(plain)).toMatchObject({
      id: "orders",
      origin: { scheme: "http", host: "127.0.0.1", port: 8080 },
      hostHeader: "127.0.0.1:8080",
      auth: "none",
      signing: null,
      requests: [{ name: "main", method: "GET", path: "/", body: null, expect: { statuses: [200] } }],
      deadlines: { dnsMs: 3000, connectMs: 5000, tlsMs: 5000, firstByteMs: 10_000, totalMs: 30_000 },
      pinned: null,
      protocol: "http/1.1",
      echo: null,
      certificateDaysMin: 14,
    });
  });
});

describe("what a target is signed for", () => {
  test.each([
    ["its own region before all", { ...lattice, region: "us-east-1" }, { region: "eu-west-1" }, "us-east-1"],
    ["the host name's before the config's", lattice, { region: "eu-west-1" }, "eu-central-1"],
    ["the config's where nothing else tells", { ...lattice, url: alb.url }, { region: "eu-west-1" }, "eu-west-1"],
  ])("%s", (_, entry, over, region) => {
    expect(target(entry, over).signing).toEqual({ service: "vpc-lattice-svcs", region, payload: "unsigned" });
  });

  test("the environment's Region where the config names none", () => {
    expect(parsed({}, { AWS_REGION: "eu-west-3", AWS_DEFAULT_REGION: "eu-west-2" }).region).toBe("eu-west-3");
    expect(parsed({}, { AWS_DEFAULT_REGION: "eu-west-2" }).region).toBe("eu-west-2");
    expect(parsed({ region: "eu-west-1" }, { AWS_REGION: "eu-west-3" }).region).toBe("eu-west-1");
    expect(parsed({}, { AWS_REGION: "not a Region" }).region).toBeNull();
  });

  test("nothing where auth is none", () => {
    expect(target({ ...lattice, auth: "none" })).toMatchObject({ auth: "none", signing: null });
    expect(target({ ...direct, auth: "none" }, { region: "eu-west-1" }).signing).toBeNull();
  });

  test("the service that plain HTTP names", () => {
    const entry = { ...plain, auth: "iam", service: "orders", region: "eu-west-1" };
    expect(target(entry).signing).toEqual({ service: "orders", region: "eu-west-1", payload: "signed" });
  });
});

describe("a target's requests", () => {
  test("have the stage, the kind's headers and the target's expectations", () => {
    const entry = {
      kind: "api-gateway",
      ...{ api: "a1b2c3", stage: "prod", sendAs: "x-apigw-api-id" },
      endpoint: "https://vpce-0a1b-abcdefgh.execute-api.eu-west-1.vpce.amazonaws.com",
      expect: { status: 204, headers: { "X-One": "1" } },
      requests: {
        list: { path: "/orders?full=true", headers: { "X-Two": "2" }, expect: { status: [200, 206] } },
        create: { method: "POST", path: "/orders", body: { item: "tea" } },
      },
    };
    expect(target(entry).requests).toEqual([
      {
        name: "list",
        method: "GET",
        path: "/prod/orders?full=true",
        headers: { "x-apigw-api-id": "a1b2c3", "x-two": "2" },
        body: null,
        expect: { statuses: [200, 206], body: null, headers: { "x-one": "1" } },
      },
      {
        name: "create",
        method: "POST",
        path: "/prod/orders",
        headers: { "x-apigw-api-id": "a1b2c3", "content-type": "application/json" },
        body: '{"item":"tea"}',
        expect: { statuses: [204], body: null, headers: { "x-one": "1" } },
      },
    ]);
  });

  test("carry a Lambda function's payload, its path untouched", () => {
    const [main] = target(
      { ...direct, invocation: "Event", request: { body: "[1]" } },
      { region: "eu-west-1" },
    ).requests;
    expect(main).toMatchObject({
      method: "POST",
      path: "/2015-03-31/functions/orders%3Alive/invocations",
      headers: { "x-amz-invocation-type": "Event", "content-type": "application/json" },
      body: "[1]",
      expect: { statuses: [202] },
    });
  });

  test.each([
    ["tea", { kind: "contains", text: "tea" }],
    [{ equals: "tea" }, { kind: "equals", text: "tea" }],
    [{ matches: "^t" }, { kind: "matches", pattern: "^t" }],
  ])("may be expected to answer with the body %j", (body, expected) => {
    expect(target({ ...plain, expect: { body } }).requests[0].expect.body).toEqual(expected);
  });

  test("echo says which event the function is given", () => {
    expect(target({ ...alb, echo: true }).echo?.event).toBe("alb");
    expect(target({ ...alb, echo: "alb-multi-value" }).echo?.event).toBe("alb-multi-value");
    expect(target({ ...alb, echo: false }).echo).toBeNull();
  });
});

describe("addresses", () => {
  test("are pinned by the name that is connected to", () => {
    const network = { resolve: { "orders.example.internal": ["10.0.1.10", "10.0.2.10"], "one.internal": "fd00::1" } };
    expect(target(alb, { network }).pinned).toEqual(["10.0.1.10", "10.0.2.10"]);
    expect(target(lattice, { network }).pinned).toBeNull();
  });

  test("of a kind's own private ranges are allowed for that kind alone", () => {
    expect(problems({ targets: { a: { ...lattice, url: "http://129.224.1.1", region: "eu-west-1" } } })).toEqual([]);
    expect(problems({ targets: { a: { ...alb, url: "http://129.224.1.1" } } })).toEqual(["targets.a.url"]);
  });

  test("that are public are refused unless allowed", () => {
    const targets = { a: { ...plain, url: "http://52.94.1.1" } };
    expect(problems({ targets })).toEqual(["targets.a.url"]);
    expect(problems({ targets, limits: { allow: ["public"] } })).toEqual([]);
    expect(problems({ targets, limits: { allow: ["52.94.0.0/16"] } })).toEqual([]);
  });
});

describe("loads and comparison", () => {
  test("are read with their units", () => {
    const loads = {
      steady: {
        engine: "k6",
        targets: ["orders"],
        rate: "30/m",
        duration: "1.5m",
        warmup: "500ms",
        thresholds: ["stale == 0"],
      },
      closed: { targets: "orders", connections: 5, duration: "1h" },
    };
    expect(parsed({ loads }).loads).toEqual([
      {
        name: "steady",
        engine: "k6",
        targets: ["orders"],
        arrival: { kind: "open", rate: 0.5 },
        durationMs: 90_000,
        warmupMs: 500,
        scenario: "steady",
        principal: "default",
        thresholds: ["stale == 0"],
      },
      {
        name: "closed",
        engine: "node",
        targets: ["orders"],
        arrival: { kind: "closed", connections: 5 },
        durationMs: 3_600_000,
        warmupMs: 0,
        scenario: "steady",
        principal: "default",
        thresholds: [],
      },
    ]);
  });

  test("the comparison keeps within lower guard rails by itself", () => {
    const { compare } = parsed({ limits: { maxRate: "10/s", maxDuration: "1m" } });
    expect(compare).toEqual({ rate: 10, durationMs: 60_000, marginMs: 2, principal: "default", prices: null });
  });

  test("a load may name a target that has problems of its own", () => {
    const over = {
      targets: { orders: { kind: "alb" } },
      loads: { steady: { targets: ["orders"], rate: "1/s", duration: "1m" } },
    };
    expect(problems(over)).toEqual(["targets.orders.url"]);
  });
});

describe("variables", () => {
  test("are filled in in strings, and only there", () => {
    const entry = { ...plain, request: { method: "POST", body: "${A} $${A} ${A}" }, expect: { body: "${A}" } };
    const [only] = parsed({ targets: { orders: entry } }, { A: "tea" }).targets;
    expect(only?.requests[0]).toMatchObject({ body: "tea ${A} tea", expect: { body: { text: "tea" } } });
  });

  test("that the environment inherits from nowhere are missing", () => {
    expect(problems({ region: "${toString}" })).toEqual(["region"]);
  });

  test("may be empty", () => {
    expect(parsed({ targets: { orders: { ...plain, request: { body: "${A}" } } } }, { A: "" }).targets).toHaveLength(1);
  });
});

describe("every problem at once", () => {
  test("whatever the sections they are in", () => {
    expect(
      problems({
        version: 2,
        region: 5,
        credentials: [],
        network: { dns: "x" },
        targets: { a: { kind: "alb", url: "x" }, b: { kind: "?" } },
        loads: { l: 1 },
        compare: { margin: 2 },
        deadlines: { dns: 3 },
        limits: { maxRate: 1 },
        colour: "blue",
      }).toSorted(),
    ).toEqual(
      [
        ...["version", "region", "credentials", "network.dns", "targets.a.url", "targets.b.kind", "loads.l"],
        ...["compare.margin", "deadlines.dns", "limits.maxRate", "colour"],
      ].toSorted(),
    );
  });

  test("names that every object inherits are unknown keys and no targets", () => {
    const input: unknown = JSON.parse(
      '{"version":1,"targets":{"__proto__":{"kind":"alb","url":"http://a.b"}},"constructor":1}',
    );
    const read = parseConfig(input, context);
    expect(read.kind === "problems" ? read.problems.map(({ path }) => showPath(path)) : []).toEqual([
      "constructor",
      "targets.__proto__",
    ]);
  });
});
