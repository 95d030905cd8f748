import { describe, expect, test } from "vitest";
import { bodyEncoding } from "#core/events/body-encoding.ts";
import { buildEvent } from "#core/events/build-event.ts";
import { makeFrontRequest } from "./requests.ts";

const anonymous = { kind: "anonymous" } as const;

// https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
describe("Lattice", () => {
  const request = makeFrontRequest({
    method: "PUT",
    path: "/points?action=add&QS1=value1&QS1=value2",
    headers: [
      ["Host", "orders.example.internal"],
      ["header1", "value1"],
      ["header1", "value2"],
      ["Connection", "keep-alive"],
      ["x-amzn-lattice-identity", "Principal=somebody else"],
    ],
    body: { text: '{"points":1}' },
  });

  test("version 1 joins repeated headers, keeps the last of repeated parameters and the query on the path", () => {
    expect(buildEvent("lattice-v1", request)).toEqual({
      raw_path: "/points?action=add&QS1=value1&QS1=value2",
      method: "PUT",
      headers: {
        host: "orders.example.internal",
        header1: "value1, value2",
        "x-forwarded-for": "10.0.1.5",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
        "x-amzn-lattice-identity":
          "Principal=arn:aws:sts::123456789012:assumed-role/my-role/my-session; PrincipalOrgID=o-50dc6c495c0c9188; PrincipalOrgPaths=; SessionName=my-session; Type=AWS_IAM",
        "x-amzn-lattice-network": "SourceVpcArn=arn:aws:ec2:us-west-2:123456789012:vpc/vpc-0b8276c84697e7339",
      },
      query_string_parameters: { action: "add", QS1: "value2" },
      body: '{"points":1}',
      is_base64_encoded: false,
    });
  });

  test("version 2 lists the values of both, and names the caller in the request context only", () => {
    expect(buildEvent("lattice-v2", request)).toEqual({
      version: "2.0",
      path: "/points?action=add&QS1=value1&QS1=value2",
      method: "PUT",
      headers: {
        host: ["orders.example.internal"],
        header1: ["value1", "value2"],
        "x-forwarded-for": ["10.0.1.5"],
        "x-forwarded-port": ["443"],
        "x-forwarded-proto": ["https"],
      },
      queryStringParameters: { action: ["add"], QS1: ["value1", "value2"] },
      body: '{"points":1}',
      isBase64Encoded: false,
      requestContext: {
        serviceNetworkArn: "arn:aws:vpc-lattice:us-west-2:123456789012:servicenetwork/sn-0bf3f2882e9cc805a",
        serviceArn: "arn:aws:vpc-lattice:us-west-2:123456789012:service/svc-0a40eebed65f8d69c",
        targetGroupArn: "arn:aws:vpc-lattice:us-west-2:123456789012:targetgroup/tg-6d0ecf831eec9f09",
        identity: {
          sourceVpcArn: "arn:aws:ec2:us-west-2:123456789012:vpc/vpc-0b8276c84697e7339",
          type: "AWS_IAM",
          principal: "arn:aws:sts::123456789012:assumed-role/my-role/my-session",
          principalOrgID: "o-50dc6c495c0c9188",
          sessionName: "my-session",
        },
        region: "us-west-2",
        timeEpoch: "1690497599177430",
      },
    });
  });

  test("says nothing of a caller who did not sign", () => {
    const open = { ...request, caller: anonymous, source: { ip: "10.0.1.5", vpc: null, vpce: null } };
    expect(JSON.stringify(buildEvent("lattice-v1", open))).not.toContain("x-amzn-lattice");
    expect(buildEvent("lattice-v2", open)).toMatchObject({ requestContext: { identity: {} } });
    expect(JSON.stringify(buildEvent("lattice-v2", open))).not.toContain("AWS_IAM");
  });
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
describe("a load balancer", () => {
  const request = makeFrontRequest({
    path: "/?myKey=val1&myKey=a%20b",
    headers: [
      ["Cookie", "name1=value1"],
      ["cookie", "name2=value2"],
      ["X-Forwarded-For", "192.0.2.7"],
    ],
    body: null,
    timeEpochMs: 0x5bdb40ca * 1000,
    names: { ...makeFrontRequest().names, targetGroupArn: "arn:tg" },
  });
  const added = {
    "x-amzn-trace-id": "Root=1-5bdb40ca-556d8b0c50dc46f09f520aa0",
    "x-forwarded-for": "192.0.2.7, 10.0.1.5",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
  };

  test("hands over the last value of what repeats, undecoded, under names in lower case", () => {
    expect(buildEvent("alb", request)).toEqual({
      requestContext: { elb: { targetGroupArn: "arn:tg" } },
      httpMethod: "GET",
      path: "/",
      queryStringParameters: { myKey: "a%20b" },
      headers: { cookie: "name2=value2", ...added },
      body: "",
      isBase64Encoded: false,
    });
  });

  test("hands over all values with multi-value headers on", () => {
    expect(buildEvent("alb-multi-value", request)).toEqual({
      requestContext: { elb: { targetGroupArn: "arn:tg" } },
      httpMethod: "GET",
      path: "/",
      multiValueQueryStringParameters: { myKey: ["val1", "a%20b"] },
      multiValueHeaders: {
        cookie: ["name1=value1", "name2=value2"],
        ...Object.fromEntries(Object.entries(added).map(([name, value]) => [name, [value]])),
      },
      body: "",
      isBase64Encoded: false,
    });
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
describe("API Gateway", () => {
  const request = makeFrontRequest({
    path: "/prod/my/path?parameter1=value1&parameter2=value1&parameter2=value2&parameter3=value1,value2",
    headers: [
      ["header1", "value1"],
      ["header2", "value1"],
      ["header2", "value2"],
      ["header3", "value1,value2"],
      ["User-Agent", "curl/8"],
      ["Authorization", "AWS4-HMAC-SHA256 Credential=x"],
    ],
    source: { ip: "10.0.1.5", vpc: "vpc-1", vpce: "vpce-1" },
    timeEpochMs: 1583349317135,
  });

  test("hands over both forms of headers and parameters", () => {
    expect(buildEvent("api-gateway", request)).toMatchObject({
      resource: "/{proxy+}",
      path: "/my/path",
      httpMethod: "GET",
      headers: { header1: "value1", header2: "value2", header3: "value1,value2" },
      multiValueHeaders: { header1: ["value1"], header2: ["value1", "value2"], header3: ["value1,value2"] },
      queryStringParameters: { parameter1: "value1", parameter2: "value2", parameter3: "value1,value2" },
      multiValueQueryStringParameters: {
        parameter1: ["value1"],
        parameter2: ["value1", "value2"],
        parameter3: ["value1,value2"],
      },
      pathParameters: { proxy: "my/path" },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  test("takes a header in two spellings as the one it is", () => {
    const headers = (["Q-A", "q-a", "Q-A"] as const).map((name, at) => [name, String(at)] as const);
    expect(buildEvent("api-gateway", makeFrontRequest({ headers }))).toMatchObject({
      headers: { "Q-A": "2" },
      multiValueHeaders: { "Q-A": ["0", "1", "2"] },
    });
  });

  test("names the caller, the stage and the endpoint in the request context", () => {
    expect(buildEvent("api-gateway", request)).toMatchObject({
      requestContext: {
        accountId: "123456789012",
        apiId: "a1b2c3",
        path: "/prod/my/path",
        protocol: "HTTP/1.1",
        requestTime: "04/Mar/2020:19:15:17 +0000",
        requestTimeEpoch: 1583349317135,
        stage: "prod",
        identity: {
          accessKey: "ASIAEXAMPLE",
          accountId: "123456789012",
          caller: "AROAEXAMPLE:my-session",
          sourceIp: "10.0.1.5",
          userAgent: "curl/8",
          userArn: "arn:aws:sts::123456789012:assumed-role/my-role/my-session",
          vpcId: "vpc-1",
          vpceId: "vpce-1",
        },
      },
    });
  });

  test("keeps a signature to itself", () => {
    expect(JSON.stringify(buildEvent("api-gateway", request))).not.toContain("AWS4-HMAC");
    const open = { ...request, caller: anonymous };
    expect(JSON.stringify(buildEvent("api-gateway", open))).not.toContain("AWS4-HMAC");
  });

  test("hands on another authorization, decodes parameters and leaves null what is not there", () => {
    const open = makeFrontRequest({
      path: "/prod/a%20b?q=c%20d",
      headers: [["Authorization", "Bearer x"]],
      caller: anonymous,
    });
    expect(buildEvent("api-gateway", open)).toMatchObject({
      path: "/a%20b",
      headers: { Authorization: "Bearer x" },
      queryStringParameters: { q: "c d" },
      requestContext: { identity: { accessKey: null, userArn: null } },
    });
    const named = makeFrontRequest({ path: "/prod/orders", names: { ...open.names, resourcePath: "/orders" } });
    expect(buildEvent("api-gateway", named)).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
    });
  });
});

describe("a direct invocation", () => {
  test("hands over its payload as it is, and {} for none", () => {
    expect(buildEvent("direct", makeFrontRequest({ body: { text: "[1, null]" } }))).toEqual([1, null]);
    expect(buildEvent("direct", makeFrontRequest())).toEqual({});
  });

  test("has no event without JSON", () => {
    expect(() => buildEvent("direct", makeFrontRequest({ body: { text: "{" } }))).toThrow(RangeError);
  });
});

describe("a body", () => {
  test.each([
    ["text/html; charset=utf-8", null, "text", "text", "text"],
    ["application/JSON", null, "text", "text", "text"],
    ["application/xml", null, "text", "text", "text"],
    ["application/javascript", null, "text", "text", "text"],
    ["application/json", "gzip", "text", "base64", "text"],
    ["application/octet-stream", null, "base64", "base64", "text"],
    ["image/png", "gzip", "base64", "base64", "text"],
    [null, null, "base64", "base64", "text"],
  ])("of type %s and encoding %s goes as %s in Lattice, %s in a load balancer, %s in API Gateway", (...row) => {
    const [type, encoding, lattice, alb, api] = row;
    const headers = [
      ...(type === null ? [] : [["Content-Type", type] as const]),
      ...(encoding === null ? [] : [["Content-Encoding", encoding] as const]),
    ];
    expect(bodyEncoding("lattice-v2", headers)).toBe(lattice);
    expect(bodyEncoding("alb", headers)).toBe(alb);
    expect(bodyEncoding("api-gateway", headers)).toBe(api);
  });

  test("in base64 is marked so", () => {
    const request = makeFrontRequest({ body: { base64: "AAEC" } });
    expect(buildEvent("lattice-v1", request)).toMatchObject({ body: "AAEC", is_base64_encoded: true });
    expect(buildEvent("alb", request)).toMatchObject({ body: "AAEC", isBase64Encoded: true });
  });
});
