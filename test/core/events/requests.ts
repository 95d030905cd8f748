import fc from "fast-check";
import { base64Of } from "#core/events/base64.ts";
import { bodyEncoding } from "#core/events/body-encoding.ts";
import type { FrontRequest } from "#core/events/front-request.ts";
import type { EventForm } from "#core/targets/target.ts";

export const eventForms: readonly EventForm[] = [
  "lattice-v1",
  "lattice-v2",
  "alb",
  "alb-multi-value",
  "api-gateway",
  "direct",
];

/** A signed request as a front sees it, to be varied. */
export const makeFrontRequest = (over: Partial<FrontRequest> = {}): FrontRequest => ({
  method: "GET",
  path: "/orders/1",
  headers: [],
  body: null,
  scheme: "https",
  port: 443,
  caller: {
    kind: "iam",
    arn: "arn:aws:sts::123456789012:assumed-role/my-role/my-session",
    account: "123456789012",
    orgId: "o-50dc6c495c0c9188",
    sessionName: "my-session",
    accessKeyId: "ASIAEXAMPLE",
    userId: "AROAEXAMPLE:my-session",
  },
  source: { ip: "10.0.1.5", vpc: "vpc-0b8276c84697e7339", vpce: null },
  names: {
    region: "us-west-2",
    account: "123456789012",
    targetGroupArn: "arn:aws:vpc-lattice:us-west-2:123456789012:targetgroup/tg-6d0ecf831eec9f09",
    serviceArn: "arn:aws:vpc-lattice:us-west-2:123456789012:service/svc-0a40eebed65f8d69c",
    serviceNetworkArn: "arn:aws:vpc-lattice:us-west-2:123456789012:servicenetwork/sn-0bf3f2882e9cc805a",
    apiId: "a1b2c3",
    stage: "prod",
    resourcePath: "/{proxy+}",
  },
  requestId: "556d8b0c-50dc-46f0-9f52-0aa0bb0cc0dd",
  timeEpochMs: 1690497599177.43,
  ...over,
});

const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/).map((name) => `q-${name}`);
const part = fc.stringMatching(/^(?:[A-Za-z0-9._~-]|%20|%C3%A9|%2F){0,8}$/);
const parameter = fc.oneof(
  fc.tuple(part, part).map(([name, value]) => `${name}=${value}`),
  part,
);

/** Paths with parameters that repeat, are empty or percent-encoded; headers that repeat in any case; any text as body. */
export const anyRequest = (form: EventForm): fc.Arbitrary<FrontRequest> =>
  fc
    .record({
      method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
      segments: fc.array(part, { maxLength: 3 }),
      parameters: fc.option(fc.array(parameter, { maxLength: 4 }), { nil: undefined }),
      headers: fc.array(
        fc.tuple(
          fc.oneof(
            token,
            token.map((name) => name.toUpperCase()),
          ),
          fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/),
        ),
        { maxLength: 5 },
      ),
      type: fc.constantFrom("application/json", "text/plain; charset=utf-8", "application/octet-stream", "image/png"),
      encoding: fc.constantFrom(null, "gzip"),
      text: fc.option(form === "direct" ? fc.json() : fc.string({ unit: "grapheme", minLength: 1 }), { nil: null }),
      caller: fc.constantFrom(makeFrontRequest().caller, { kind: "anonymous" } as const),
    })
    .map(({ method, segments, parameters, headers, type, encoding, text, caller }) => {
      const query = parameters === undefined ? "" : `?${parameters.join("&")}`;
      const all = [
        ...headers,
        ["Content-Type", type] as const,
        ...(encoding === null ? [] : [["content-encoding", encoding] as const]),
      ];
      const base64 = text !== null && bodyEncoding(form, all) === "base64";
      return makeFrontRequest({
        method,
        path: `/prod/${segments.join("/")}${query}`,
        headers: all,
        body: text === null ? null : base64 ? { base64: base64Of(text) } : { text },
        caller,
      });
    });
