import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagnose } from "#core/causes/diagnose.ts";
import { causes } from "#core/causes/index.ts";
import { differences, parseCanonical, printedCanonical } from "#core/causes/recognise/canonical.ts";
import { readDenial } from "#core/causes/recognise/read-denial.ts";
import { said } from "#core/causes/recognise/said.ts";
import type { Exchange, Outcome, SigningVariant } from "#core/observations/exchange.ts";
import type { Failure, Phase } from "#core/observations/failure.ts";
import { targetKinds } from "#core/targets/index.ts";
import type { BodyExpectation } from "#core/targets/target.ts";
import { bytes, ms } from "#core/units.ts";
import { makeAnswer, makeConnection, makeExchange, makeTarget } from "../../support/make.ts";
import { canonical, mismatch, scenes, sent } from "./scenes.ts";

const phase = fc.constantFrom<Phase>("dns", "connect", "tls", "send", "wait", "receive");
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom(...scenes.flatMap(bodiesOf)));
const length = fc.nat(20_000_000).map(bytes);
const duration = fc.double({ min: 0, max: 4_000_000, noNaN: true }).map(ms);

function bodiesOf({ exchanges }: { readonly exchanges: readonly Exchange[] }): string[] {
  return exchanges.flatMap(({ outcome }) => (outcome.kind === "answered" ? [outcome.body] : []));
}

const failure: fc.Arbitrary<Failure> = fc.oneof(
  fc.record({ kind: fc.constant("name-not-found" as const), code: text }),
  fc.record({ kind: fc.constant("resolver-unreachable" as const), code: text }),
  fc.record({ kind: fc.constant("address-not-allowed" as const), addresses: fc.array(text) }),
  fc.record({ kind: fc.constant("timeout" as const), phase, afterMs: duration }),
  fc.record({ kind: fc.constant("refused" as const) }),
  fc.record({ kind: fc.constant("unreachable" as const), code: text }),
  fc.record({ kind: fc.constantFrom("reset" as const, "closed" as const), phase }),
  fc.record({
    kind: fc.constant("tls-certificate" as const),
    problem: fc.constantFrom("name", "issuer", "expired", "not-yet-valid", "other"),
    code: text,
  }),
  fc.record({ kind: fc.constant("tls-not-spoken" as const) }),
  fc.record({ kind: fc.constant("tls-alert" as const), alert: text }),
  fc.record({ kind: fc.constant("truncated" as const), expectedBytes: fc.option(length), receivedBytes: length }),
  fc.record({ kind: fc.constant("malformed" as const), detail: text }),
  fc.record({
    kind: fc.constant("answer-too-large" as const),
    part: fc.constantFrom("headers", "body"),
    limitBytes: length,
  }),
  fc.record({ kind: fc.constant("file-limit" as const), code: text }),
  fc.record({ kind: fc.constant("credentials-missing" as const), detail: text }),
  fc.record({ kind: fc.constant("interrupted" as const) }),
  fc.record({ kind: fc.constant("other" as const), code: text, message: text }),
);

const headerName = fc.constantFrom(
  "server",
  "via",
  "x-amzn-errortype",
  "x-amz-function-error",
  "retry-after",
  "x-squid-error",
  "a",
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom<Outcome>({ kind: "resolved" }, { kind: "connected" }, { kind: "secured" }),
  failure.map((one): Outcome => ({ kind: "failed", failure: one })),
  fc
    .record({
      status: fc.integer({ min: 100, max: 599 }),
      headers: fc.array(fc.tuple(headerName, text), { maxLength: 4 }),
      body: text,
      keptAlive: fc.boolean(),
    })
    .map(makeAnswer),
);

const signing = fc.constantFrom<SigningVariant>(
  "unsigned",
  "correct",
  "wrong-service",
  "wrong-region",
  "skewed-clock",
  "tampered",
  "unknown-key",
  "missing-token",
  "ended-session",
  "signed-payload",
);

const exchange: fc.Arbitrary<Exchange> = fc
  .record({
    outcome,
    signing,
    canonicalRequest: fc.option(text),
    keptAfterMs: fc.option(duration),
    bodyBytes: length,
    headerBytes: length,
    path: text,
    address: fc.option(fc.oneof(fc.ipV4(), fc.ipV6(), text)),
    addresses: fc.array(fc.oneof(fc.ipV4(), text), { maxLength: 3 }),
    connection: fc.option(
      fc.record({
        reusedSocket: fc.boolean(),
        requestsBefore: fc.nat(9),
        ageMs: duration,
        idleMs: fc.option(duration),
      }),
    ),
  })
  .map(({ outcome, address, addresses, connection, ...about }) =>
    makeExchange({
      outcome,
      address,
      addresses,
      connection: connection === null ? null : makeConnection(connection),
      sent: sent(about),
    }),
  );

const expectation = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("contains" as const, "equals" as const), text }),
    fc.record({ kind: fc.constant("matches" as const), pattern: fc.string() }),
  ) satisfies fc.Arbitrary<BodyExpectation>,
);

const target = fc
  .record({
    kind: fc.constantFrom(...targetKinds),
    auth: fc.constantFrom("iam" as const, "none" as const),
    scheme: fc.constantFrom("http" as const, "https" as const),
    body: expectation,
  })
  .map(({ kind, auth, scheme, body }) => {
    const plain = makeTarget(kind.kind, { auth });
    const [main] = plain.requests;
    return {
      ...plain,
      origin: { ...plain.origin, scheme },
      requests: [{ ...main, expect: { ...main.expect, body } }] as const,
    };
  });

describe("every recogniser", () => {
  test("neither throws nor stays silent about its evidence, whatever was seen", () => {
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 4 }), target, (exchanges, aimed) => {
        for (const { code, recognise } of causes) {
          const seen = recognise(exchanges, aimed);
          for (const sentence of seen?.evidence ?? []) {
            expect(sentence, code).toMatch(/^\S.*[.?!"]$/u);
            expect(sentence, code).not.toMatch(/undefined|NaN|\[object|[\u0000-\u001f]/);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("sees nothing where nothing was exchanged", () => {
    for (const kind of targetKinds) expect(diagnose([], makeTarget(kind.kind))).toEqual([]);
  });

  test("sees nothing in an answer that is as expected, whatever it holds", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...targetKinds), (body, kind) => {
        const aimed = makeTarget(kind.kind);
        const fine = sent({ signing: aimed.auth === "iam" ? "correct" : "unsigned" });
        expect(diagnose([makeExchange({ sent: fine, outcome: makeAnswer({ body }) })], aimed)).toEqual([]);
      }),
    );
  });

  test("holds a body to a pattern that it was made up against", () => {
    const aimed = makeTarget("http");
    const [main] = aimed.requests;
    const body = { kind: "matches", pattern: "^(a+)+$" } as const;
    const expecting = { ...aimed, requests: [{ ...main, expect: { ...main.expect, body } }] as const };
    const answer = (text: string) => makeExchange({ outcome: makeAnswer({ body: text }) });
    expect(diagnose([answer(`${"a".repeat(16_000)}!`)], expecting)[0]?.code).toBe("unexpected-body");
    expect(diagnose([answer("a".repeat(16_000))], expecting)).toEqual([]);
  });

  test("takes a body of the largest kept size in its stride", () => {
    const body = `User: ${"x ".repeat(8000)}`;
    const started = performance.now();
    for (const kind of targetKinds)
      diagnose([makeExchange({ outcome: makeAnswer({ status: 403, body }) })], makeTarget(kind.kind));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("said()", () => {
  const of = (body: string, headers: readonly (readonly [string, string])[] = []) =>
    said(makeAnswer({ status: 403, body, headers }));

  test("strips what surrounds an error type", () => {
    expect(of("{}", [["x-amzn-errortype", "AccessDeniedException:http://internal.amazon.com/coral/"]]).errorType).toBe(
      "AccessDeniedException",
    );
    expect(of('{"__type":"com.amazon.coral.service#UnrecognizedClientException"}').errorType).toBe(
      "UnrecognizedClientException",
    );
    expect(of("AccessDeniedException: User: anonymous is not").errorType).toBe("AccessDeniedException");
    expect(of("plain words").errorType).toBeNull();
  });

  test("reads the message in either case, and a body that is not JSON as it is", () => {
    expect(of('{"message":"a"}').message).toBe("a");
    expect(of('{"Message":"b"}').message).toBe("b");
    expect(of('{"message":"cut of').message).toBe('{"message":"cut of');
    expect(of('["a"]').message).toBe('["a"]');
  });
});

describe("readDenial()", () => {
  const prefix =
    "User: arn:aws:iam::1:user/a is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:r:1:function:x";
  test.each([
    ["because no identity-based policy allows the lambda:InvokeFunction action", "identity-based policy", false],
    ["because no VPC endpoint policy allows the lambda:InvokeFunction action", "VPC endpoint policy", false],
    ["with an explicit deny in a permissions boundary", "permissions boundary", true],
    [
      "with an explicit deny in a resource control policy: arn:aws:organizations::1:policy/x",
      "resource control policy",
      true,
    ],
    ["with an explicit deny", null, true],
    ["", null, false],
  ])("takes apart %j", (reason, policy, explicit) => {
    expect(readDenial(`${prefix} ${reason}`)).toEqual({
      principal: "arn:aws:iam::1:user/a",
      action: "lambda:InvokeFunction",
      policy,
      explicit,
    });
  });

  test("leaves other texts alone", () => {
    expect(readDenial("no identity-based policy allows it")).toBeNull();
  });
});

describe("the canonical request a service prints", () => {
  const message = (text: string): string => {
    const parsed: unknown = JSON.parse(mismatch(text));
    return typeof parsed === "object" && parsed !== null && "message" in parsed ? String(parsed.message) : "";
  };

  test("is read back part by part", () => {
    const printed = printedCanonical(message(canonical("a.example")));
    expect(printed).toMatchObject({ method: "GET", path: "/orders/1", query: "", signedHeaders: "host;x-amz-date" });
    expect(printed?.headers.get("host")).toBe("a.example");
  });

  test("differs from ours only where it does", () => {
    const ours = parseCanonical(canonical("a.example"));
    const theirs = parseCanonical(canonical("b.example", "/other"));
    if (ours === null || theirs === null) throw new RangeError("not parsed");
    expect(differences(ours, ours)).toEqual([]);
    expect(differences(ours, theirs).map(({ part }) => part)).toEqual(["path", "header host"]);
  });

  test("is absent where the text is cut or says nothing of it", () => {
    expect(printedCanonical("does not match")).toBeNull();
    expect(printedCanonical(message(canonical("a")).slice(0, 250))).toBeNull();
    expect(parseCanonical("GET\n/")).toBeNull();
  });
});
