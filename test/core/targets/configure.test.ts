import { describe, expect, test } from "vitest";
import type { Configured, KindInput } from "#core/targets/fields.ts";
import { findKind } from "#core/targets/index.ts";
import { kib, mib, ms } from "#core/units.ts";

const deadlines = { dnsMs: ms(1), connectMs: ms(1), tlsMs: ms(1), firstByteMs: ms(1), totalMs: ms(1) };

function configure(kind: string, values: Record<string, string>, over: Partial<KindInput> = {}) {
  const found = findKind(kind);
  if (found === null) throw new RangeError(kind);
  return found.configure({ values, region: null, echo: null, deadlines, ...over });
}

function configured(...args: Parameters<typeof configure>): Configured {
  const result = configure(...args);
  if (result.kind === "problem") throw new Error(`${result.field}: expected ${result.expected}`);
  return result;
}

const regional = "https://vpce-0a1b-abcdefgh.lambda.eu-west-1.vpce.amazonaws.com";
const zonal = "https://vpce-0a1b-abcdefgh-eu-west-1a.lambda.eu-west-1.vpce.amazonaws.com";

describe("lambda-endpoint", () => {
  test("sends the function as written, its colon percent-encoded", () => {
    const { request, headers, origin, signingRegion } = configured("lambda-endpoint", {
      function: "orders:live",
      endpoint: regional,
    });
    expect(request).toMatchObject({
      method: "POST",
      path: "/2015-03-31/functions/orders%3Alive/invocations",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(request.expect.statuses).toEqual([200]);
    expect(headers).toEqual({ "x-amz-invocation-type": "RequestResponse" });
    expect(origin).toEqual({ scheme: "https", host: regional.slice(8), port: 443 });
    expect(signingRegion).toBe("eu-west-1");
  });

  test("sends a qualifier of its own as a query", () => {
    const { request } = configured("lambda-endpoint", { function: "orders", qualifier: "$LATEST", endpoint: regional });
    expect(request.path).toBe("/2015-03-31/functions/orders/invocations?Qualifier=%24LATEST");
  });

  test("without an endpoint calls the name that private DNS answers", () => {
    const { origin, hostHeader, serverName } = configured(
      "lambda-endpoint",
      { function: "o" },
      { region: "eu-west-1" },
    );
    expect(origin.host).toBe("lambda.eu-west-1.amazonaws.com");
    expect(hostHeader).toBe(origin.host);
    expect(serverName).toBe(origin.host);
  });

  test("takes the Region of a full ARN before any other", () => {
    const { origin, signingRegion, request } = configured(
      "lambda-endpoint",
      { function: "arn:aws:lambda:eu-central-1:123456789012:function:orders:7" },
      { region: "eu-west-1" },
    );
    expect(origin.host).toBe("lambda.eu-central-1.amazonaws.com");
    expect(signingRegion).toBe("eu-central-1");
    expect(request.path).toBe(
      "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3Aorders%3A7/invocations",
    );
  });

  test.each([
    ["RequestResponse", 200],
    ["Event", 202],
    ["DryRun", 204],
  ])("expects of %s status %i", (invocation, status) => {
    const { request, headers } = configured("lambda-endpoint", { function: "o", endpoint: regional, invocation });
    expect(request.expect.statuses).toEqual([status]);
    expect(headers["x-amz-invocation-type"]).toBe(invocation);
  });

  test.each([
    [{ function: "orders:live" }, "orders"],
    [{ function: "orders", qualifier: "live" }, "orders"],
    [{ function: "123456789012:function:orders:live" }, "123456789012%3Afunction%3Aorders"],
  ])("asks of %j also both ARN forms, running nothing", (values, encoded) => {
    const { alsoAllowed } = configured("lambda-endpoint", { ...values, endpoint: regional });
    expect(alsoAllowed.map(({ name, path }) => [name, path])).toEqual([
      ["unqualified", `/2015-03-31/functions/${encoded}/invocations`],
      ["qualified", `/2015-03-31/functions/${encoded}/invocations?Qualifier=live`],
    ]);
    for (const { headers, expect: wanted } of alsoAllowed) {
      expect(headers["x-amz-invocation-type"]).toBe("DryRun");
      expect(wanted.statuses).toEqual([204]);
    }
  });

  test("has no other ARN form to ask for when no qualifier is known", () => {
    expect(configured("lambda-endpoint", { function: "orders", endpoint: regional }).alsoAllowed).toEqual([]);
  });

  test("expects several zones of a Regional name, not of a zonal one or an address", () => {
    const expected = (endpoint: string) => configured("lambda-endpoint", { function: "o", endpoint }).zonesExpected;
    expect([expected(regional), expected(zonal), expected("https://10.0.1.10")]).toEqual([true, false, false]);
  });

  test.each([
    [{ function: "or ders" }, "function"],
    [{ function: "../x" }, "function"],
    [{ function: "orders:live:7" }, "function"],
    [{ function: "orders:live", qualifier: "7" }, "qualifier"],
    [{ function: "orders", qualifier: "a/b" }, "qualifier"],
    [{ function: "orders" }, "region"],
    [{ function: "orders", endpoint: `${regional}/2015-03-31` }, "endpoint"],
    [
      { function: "orders", endpoint: "https://vpce-0a1b-abcdefgh.execute-api.eu-west-1.vpce.amazonaws.com" },
      "endpoint",
    ],
    [{ function: "arn:aws:lambda:us-east-1:123456789012:function:orders", endpoint: regional }, "function"],
  ])("refuses %j, naming %s", (values, field) => {
    expect(configure("lambda-endpoint", values)).toMatchObject({ kind: "problem", field });
  });
});

describe("lattice", () => {
  const association = "https://svc-0abc.7d67968.vpc-lattice-svcs.eu-west-1.on.aws";

  test("reads the Region from a generated name", () => {
    expect(configured("lattice", { url: association }).signingRegion).toBe("eu-west-1");
    expect(configured("lattice", { url: "https://orders.example" }).signingRegion).toBeNull();
  });

  test("expects several zones of a service-network endpoint only", () => {
    const endpoint = "https://vpce-0a1b-snsa-0c2d.7d67968.vpc-lattice-svcs.eu-west-1.on.aws";
    expect(configured("lattice", { url: endpoint }).zonesExpected).toBe(true);
    expect(configured("lattice", { url: association }).zonesExpected).toBe(false);
  });

  test("puts a port that is not the scheme's own into Host", () => {
    expect(configured("lattice", { url: "http://orders.example:8080/v1/" })).toMatchObject({
      hostHeader: "orders.example:8080",
      serverName: null,
      pathPrefix: "/v1",
    });
  });

  test("reaches the echo function by the event form that is said, v1 unless so", () => {
    expect(configured("lattice", { url: association }, { echo: true }).echo?.event).toBe("lattice-v1");
    expect(configured("lattice", { url: association }, { echo: "lattice-v2" }).echo).toEqual({
      event: "lattice-v2",
      requestBytesMax: mib(6) - kib(64),
    });
  });
});

describe("api-gateway", () => {
  const api = { api: "a1b2c3", stage: "prod" };
  const endpoint = "https://vpce-0a1b-abcdefgh.execute-api.eu-west-1.vpce.amazonaws.com";

  test("names the API by Host and keeps the endpoint's own name for TLS", () => {
    expect(configured("api-gateway", { ...api, endpoint })).toMatchObject({
      origin: { host: endpoint.slice(8) },
      serverName: endpoint.slice(8),
      hostHeader: "a1b2c3.execute-api.eu-west-1.amazonaws.com",
      headers: {},
      pathPrefix: "/prod",
      signingRegion: "eu-west-1",
      zonesExpected: true,
    });
  });

  test("or by a header of its own", () => {
    expect(configured("api-gateway", { ...api, endpoint, sendAs: "x-apigw-api-id" })).toMatchObject({
      hostHeader: endpoint.slice(8),
      headers: { "x-apigw-api-id": "a1b2c3" },
    });
  });

  test("puts the endpoint's port into Host too", () => {
    const { hostHeader } = configured("api-gateway", { ...api, endpoint: `${endpoint}:8443` });
    expect(hostHeader).toBe("a1b2c3.execute-api.eu-west-1.amazonaws.com:8443");
  });

  test("without an endpoint calls the API's own name, with the endpoint's id in it where given", () => {
    const host = (values: Record<string, string>) =>
      configured("api-gateway", { ...api, ...values }, { region: "eu-west-1" }).origin.host;
    expect(host({})).toBe("a1b2c3.execute-api.eu-west-1.amazonaws.com");
    expect(host({ vpce: "vpce-0a1b" })).toBe("a1b2c3-vpce-0a1b.execute-api.eu-west-1.amazonaws.com");
  });

  test.each([
    [{ api: "A1/../" }, "api"],
    [{ stage: "a/b" }, "stage"],
    [{ vpce: "0a1b" }, "vpce"],
    [{ endpoint, vpce: "vpce-0a1b" }, "vpce"],
    [{ sendAs: "host" }, "sendAs"],
    [{ endpoint: `${endpoint}/prod` }, "endpoint"],
    [{ endpoint: regional }, "endpoint"],
    [{ endpoint: "https://10.0.0.1" }, "region"],
    [{}, "region"],
  ])("refuses %j, naming %s", (over, field) => {
    expect(configure("api-gateway", { ...api, ...over })).toMatchObject({ kind: "problem", field });
  });
});

test.each([
  ["lattice", regional],
  ["lattice", "https://a1b2c3.execute-api.eu-west-1.amazonaws.com"],
  ["alb", "https://svc-0abc.7d67968.vpc-lattice-svcs.eu-west-1.on.aws"],
])("%s refuses a name that leads to another kind: %s", (kind, url) => {
  expect(configure(kind, { url })).toMatchObject({ kind: "problem", field: "url" });
});

test("a load balancer's name may stand before any kind, and http takes every name", () => {
  const balancer = "https://internal-orders-123.eu-west-1.elb.amazonaws.com";
  expect(configured("lambda-endpoint", { function: "o", endpoint: balancer }).signingRegion).toBe("eu-west-1");
  expect(configured("lattice", { url: balancer }).origin.host).toBe(balancer.slice(8));
  expect(configured("http", { url: regional }).signingRegion).toBe("eu-west-1");
});

describe("alb and http", () => {
  test("know nothing of a Region but what the name says", () => {
    expect(configured("alb", { url: "https://orders.example.internal" }).signingRegion).toBeNull();
    expect(configured("http", { url: "http://127.0.0.1:8080" }).hostHeader).toBe("127.0.0.1:8080");
  });

  test("an ALB's name stands for several zones, its zonal name for one", () => {
    const expected = (url: string) => configured("alb", { url }).zonesExpected;
    expect(expected("https://orders.example.internal")).toBe(true);
    expect(expected("http://eu-west-1a.internal-orders-123.eu-west-1.elb.amazonaws.com")).toBe(false);
  });
});
