import type { LabTarget } from "./world.ts";

/** Documentation's own account id: it belongs to nobody. */
export const labAccount = "111122223333";
export const labRegion = "eu-west-1";
/** Of the lab's own client. */
export const labRole = `arn:aws:iam::${labAccount}:role/pathproof-lab`;

type Entry = Readonly<Record<string, unknown>>;

interface Sketch extends Omit<LabTarget, "addresses" | "otherNames" | "config" | "access"> {
  readonly zones: 1 | 2;
  readonly otherNames?: readonly string[];
  /** The config entry without its kind; `at` is the origin's URL. */
  config(at: string, port: number): Entry;
  readonly access?: Entry;
}

/** One loopback network per zone, one host in it per target. */
const addressesOf = (zones: 1 | 2, index: number): readonly string[] =>
  Array.from({ length: zones }, (_, zone) => `127.77.${zone + 1}.${index + 10}`);

const urlOf = ({ scheme, hostname }: Sketch, port: number): string => {
  const usual = scheme === "https" ? 443 : 80;
  return `${scheme}://${hostname}${port === usual ? "" : `:${port}`}`;
};

const lambdaName = "vpce-0a4b1c8e2f6d93750-k3x9w2qf.lambda.eu-west-1.vpce.amazonaws.com";
const apiName = "vpce-0d7e2a9b5c1f48306-m8v4t1zb.execute-api.eu-west-1.vpce.amazonaws.com";

// The echo function shows the path it was asked for.
const orders = { path: "/orders/1", expect: { status: 200, body: "/orders/1" } };

const sketches: readonly Sketch[] = [
  {
    id: "orders-direct",
    kind: "lambda-endpoint",
    scheme: "https",
    auth: "iam",
    zones: 2,
    hostname: lambdaName,
    // Where private DNS is on, the API's own name leads to the endpoint too.
    otherNames: ["lambda.eu-west-1.amazonaws.com"],
    config: (endpoint) => ({
      function: "orders:live",
      endpoint,
      echo: true,
      request: { body: '{"order":1}', expect: { status: 200, body: '"order":1' } },
    }),
    access: {
      // The reader's own policy forgot the qualified ARN.
      reader: { allowed: ["unqualified"], denied: { main: "identity-policy", qualified: "identity-policy" } },
      auditor: { denied: "identity-policy" },
      suspended: { denied: "explicit" },
      stranger: { denied: "endpoint-policy" },
      anonymous: { denied: "authentication" },
    },
  },
  {
    id: "orders-lattice",
    kind: "lattice",
    scheme: "https",
    auth: "iam",
    zones: 1,
    hostname: "orders-0cfe1f49ff3266204.7d67968.vpc-lattice-svcs.eu-west-1.on.aws",
    config: (url) => ({
      url,
      auth: "iam",
      echo: "lattice-v2",
      requests: {
        one: orders,
        // Each is served by a target group of its own, which the event names.
        create: {
          method: "POST",
          path: "/orders",
          headers: { "content-type": "application/json" },
          body: '{"item":"tea"}',
          expect: { status: 200, body: "targetgroup/tg-0c2ea7e0000000002" },
        },
        beta: {
          path: "/orders/1",
          headers: { "x-release": "beta" },
          expect: { status: 200, body: "targetgroup/tg-0be7a00000000003" },
        },
        retired: { path: "/retired", expect: { status: 404 } },
      },
    }),
    access: {
      reader: { allowed: ["one", "beta", "retired"], denied: { create: "lattice-service-policy" } },
      auditor: {
        allowed: ["one", "beta"],
        denied: { create: "lattice-service-policy", retired: "identity-policy" },
      },
      suspended: { denied: "explicit" },
      stranger: { denied: "lattice-service-policy" },
      anonymous: { denied: "lattice-network-policy" },
    },
  },
  {
    id: "orders-lattice-http",
    kind: "lattice",
    scheme: "http",
    auth: "iam",
    zones: 1,
    hostname: "orders-legacy-0b7d2c6a1e9f48350.7d67968.vpc-lattice-svcs.eu-west-1.on.aws",
    config: (url) => ({
      url,
      auth: "iam",
      echo: "lattice-v1",
      requests: { one: orders, admin: { path: "/admin", expect: { denied: "explicit" } } },
    }),
    access: {
      reader: { allowed: ["one"], denied: { admin: "explicit" } },
      stranger: { denied: { one: "lattice-service-policy", admin: "explicit" } },
      anonymous: "denied",
    },
  },
  {
    id: "orders-lattice-open",
    kind: "lattice",
    scheme: "https",
    auth: "none",
    zones: 1,
    hostname: "catalogue-03e5a8d1b7c246f90.7d67968.vpc-lattice-svcs.eu-west-1.on.aws",
    config: (url) => ({ url, auth: "none", echo: "lattice-v1", request: orders }),
  },
  {
    id: "orders-api",
    kind: "api-gateway",
    scheme: "https",
    auth: "iam",
    zones: 2,
    hostname: apiName,
    otherNames: [
      "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
      "a1b2c3d4e5-vpce-0d7e2a9b5c1f48306.execute-api.eu-west-1.amazonaws.com",
    ],
    config: (endpoint) => ({ api: "a1b2c3d4e5", stage: "prod", endpoint, auth: "iam", echo: true, request: orders }),
    access: {
      reader: { allowed: ["main"] },
      // Within the account the API's own policy suffices.
      auditor: "allowed",
      suspended: { denied: "explicit" },
      stranger: { denied: "explicit" },
      anonymous: { denied: "authentication" },
    },
  },
  {
    id: "orders-api-open",
    kind: "api-gateway",
    scheme: "https",
    auth: "none",
    zones: 2,
    hostname: "vpce-0d7e2a9b5c1f48307-p2n7c5hd.execute-api.eu-west-1.vpce.amazonaws.com",
    config: (endpoint) => ({
      api: "f6g7h8i9j0",
      stage: "prod",
      endpoint,
      sendAs: "x-apigw-api-id",
      auth: "none",
      echo: true,
      request: orders,
    }),
  },
  {
    id: "orders-alb",
    kind: "alb",
    scheme: "https",
    auth: "none",
    zones: 2,
    hostname: "orders.example.internal",
    config: (url) => ({ url, auth: "none", echo: "alb", request: orders }),
  },
  {
    id: "orders-alb-multi",
    kind: "alb",
    scheme: "https",
    auth: "none",
    zones: 2,
    hostname: "orders-multi.example.internal",
    config: (url) => ({ url, auth: "none", echo: "alb-multi-value", request: orders }),
  },
  {
    id: "plain",
    kind: "http",
    scheme: "http",
    auth: "none",
    zones: 1,
    hostname: "plain.example.internal",
    config: (url) => ({ url, auth: "none", request: orders }),
  },
  {
    id: "signed-http",
    kind: "http",
    scheme: "http",
    auth: "iam",
    zones: 1,
    hostname: "signed.example.internal",
    config: (url) => ({ url, auth: "iam", service: "orders", region: labRegion, request: orders }),
    access: { reader: "allowed", anonymous: { denied: "authentication" } },
  },
];

/** The lab's targets: every kind, each of its event forms, signed and open. */
export const labTargets: readonly LabTarget[] = sketches.map((sketch, index) => {
  const { zones, config, otherNames = [], access = null, ...rest } = sketch;
  return {
    ...rest,
    otherNames,
    access,
    addresses: addressesOf(zones, index),
    config: (port) => ({ kind: sketch.kind, ...config(urlOf(sketch, port), port) }),
  };
});

/** Where sessions of roles are given out: no target of the config, and nothing is ever wrong with it. */
export const stsTarget: LabTarget = {
  id: "sts",
  kind: "http",
  scheme: "https",
  auth: "iam",
  hostname: "sts.eu-west-1.amazonaws.com",
  otherNames: [],
  addresses: ["127.77.1.9"],
  access: null,
  config: () => ({}),
};
