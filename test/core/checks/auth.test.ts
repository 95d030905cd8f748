import { describe, expect, test } from "vitest";
import { diagnose } from "#core/causes/diagnose.ts";
import { allFormsAreAllowed } from "#core/checks/all-forms-are-allowed.ts";
import type { Means } from "#core/checks/check.ts";
import { checks } from "#core/checks/index.ts";
import { missingTokenIsRefused } from "#core/checks/missing-token-is-refused.ts";
import { unsignedIsRefused } from "#core/checks/unsigned-is-refused.ts";
import type { Exchange, SigningVariant } from "#core/observations/exchange.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import { ms } from "#core/units.ts";
import { makeAnswer, makeExchange, makeFailed, makeTarget } from "../../support/make.ts";
import { refused, sentAs } from "./refused.ts";

const everything: Means = { credentials: "temporary", endedSession: true };
const lambda = makeTarget("lambda-endpoint");
const lattice = makeTarget("lattice");
const api = makeTarget("api-gateway");

const find = (id: string) => {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new RangeError(`no check ${id}`);
  return check;
};

const anonymous: Refusal = {
  kind: "denied",
  principal: "anonymous",
  action: "execute-api:Invoke",
  resource: "arn:aws:execute-api:eu-west-1:111122223333:a1/prod/GET/x",
  layer: "resource",
  explicit: false,
};

describe("unsigned-is-refused", () => {
  test.each([
    ["a missing signature", lambda, refused(lambda, { kind: "auth-missing" }, "unsigned")],
    ["an anonymous caller", api, refused(api, anonymous, "unsigned")],
    ["Lattice's words for one", lattice, refused(lattice, { kind: "auth-missing" }, "unsigned")],
    ["401", lambda, sentAs("unsigned", makeExchange({ outcome: makeAnswer({ status: 401 }) }))],
  ])("passes for a refusal of %s", (_, target, exchange) => {
    expect(unsignedIsRefused.judge([exchange], target).kind).toBe("pass");
  });
  test.each([200, 204, 302])("fails for %d: the door stands open", (status) => {
    const exchange = sentAs("unsigned", makeExchange({ outcome: makeAnswer({ status }) }));
    expect(unsignedIsRefused.judge([exchange], lattice)).toMatchObject({
      kind: "fail",
      cause: { code: "open-to-unsigned" },
    });
  });
  test.each([
    ["an answer from elsewhere", makeExchange({ outcome: makeAnswer({ status: 404 }) })],
    ["no answer", makeFailed({ kind: "timeout", phase: "wait", afterMs: ms(10_000) })],
  ])("is inconclusive for %s, without repeating its cause", (_, exchange) => {
    expect(unsignedIsRefused.judge([sentAs("unsigned", exchange)], lattice)).toMatchObject({
      kind: "inconclusive",
      cause: null,
    });
  });
  test("needs no credentials, and so not signed-is-answered", () => {
    expect(unsignedIsRefused.needs).not.toContain("signed-is-answered");
    expect(unsignedIsRefused.notFor(lambda, { credentials: "absent", endedSession: false })).toBeNull();
  });
});

const scope = (problem: string): Refusal => ({ kind: "wrong-scope", problems: [problem] });
const expired: Refusal = {
  kind: "signature-expired",
  signedAt: "20261123T100000Z",
  now: "20261123T102000Z",
  windowMinutes: 5,
};
const notYet: Refusal = { ...expired, kind: "signature-not-yet", signedAt: "20261123T104000Z" };
const mismatch: Refusal = { kind: "signature-mismatch", canonicalRequest: "GET\n/\n", stringToSign: "AWS4" };

const rows: readonly (readonly [string, SigningVariant, Refusal])[] = [
  ["wrong-service-is-refused", "wrong-service", scope("Credential should be scoped to correct service: 'lambda'.")],
  ["wrong-region-is-refused", "wrong-region", scope("Credential should be scoped to a valid region, not 'x'.")],
  ["skewed-clock-is-refused", "skewed-clock", expired],
  ["early-clock-is-refused", "early-clock", notYet],
  ["other-host-is-refused", "other-host", mismatch],
  ["other-body-is-refused", "other-body", mismatch],
  ["tampered-signature-is-refused", "tampered", mismatch],
  ["unknown-key-is-refused", "unknown-key", { kind: "unknown-key" }],
  ["missing-token-is-refused", "missing-token", { kind: "unknown-key" }],
  ["ended-session-is-refused", "ended-session", { kind: "token-expired" }],
];

describe.each(rows)("%s", (id, signing, refusal) => {
  const check = find(id);
  test("asks the main request, wrong in that one way", () => {
    expect(check.script(lambda, everything)).toMatchObject([{ signing, request: null, until: "answered" }]);
    expect(check.needs).toEqual(["signed-is-answered", "unsigned-is-refused"]);
  });
  test.each([lambda, api, lattice])("passes when refused for that reason by $kind.kind", (target) => {
    expect(check.judge([refused(target, refusal, signing)], target).kind).toBe("pass");
  });
  test("fails when answered", () => {
    expect(check.judge([sentAs(signing, makeExchange())], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "open-to-unsigned" },
    });
  });
  test("is inconclusive when refused by a policy, naming it", () => {
    const verdict = check.judge([refused(api, anonymous, signing)], api);
    expect(verdict).toMatchObject({ kind: "inconclusive", cause: { code: "denied-resource-policy" } });
    expect(verdict.summary).toContain("as denied-resource-policy and not as auth-");
  });
  test("is inconclusive when no answer comes", () => {
    const silent = sentAs(signing, makeFailed({ kind: "reset", phase: "wait" }));
    expect(check.judge([silent], lambda).kind).toBe("inconclusive");
    expect(check.judge([], lambda).kind).toBe("inconclusive");
  });
  test("does not apply where nobody verifies signatures", () => {
    expect(check.notFor(makeTarget("alb", { auth: "iam" }), everything)).toContain("Internal ALB");
    expect(check.notFor(makeTarget("lattice", { auth: "none" }), everything)).toContain("auth: none");
    expect(check.notFor(makeTarget("http", { auth: "iam" }), everything)).toBeNull();
  });
});

test("a wrong service that shows as a signature mismatch counts, and it says so", () => {
  const verdict = find("wrong-service-is-refused").judge([refused(lambda, mismatch, "wrong-service")], lambda);
  expect(verdict.kind).toBe("pass");
  expect(verdict.summary).toContain("which hides the reason");
});

describe("signed-payload-is-refused", () => {
  const check = find("signed-payload-is-refused");
  test("passes when Lattice refuses it, and fails when it does not", () => {
    expect(check.judge([refused(lattice, { kind: "payload-signed" }, "signed-payload")], lattice).kind).toBe("pass");
    expect(check.judge([sentAs("signed-payload", makeExchange())], lattice).kind).toBe("fail");
  });
  test("applies only where payloads go unsigned", () => {
    expect(check.notFor(lattice, everything)).toBeNull();
    expect(check.notFor(lambda, everything)).toContain("signed payloads");
  });
});

test("what needs special credentials does not apply without them", () => {
  const bare: Means = { credentials: "long-term", endedSession: false };
  expect(missingTokenIsRefused.notFor(lambda, bare)).toContain("not temporary");
  expect(find("ended-session-is-refused").notFor(lambda, bare)).toContain("ended session");
});

describe("all-forms-are-allowed", () => {
  const [main] = lambda.requests;
  const form = (name: string, path: string) => ({ ...main, name, path, expect: { ...main.expect, statuses: [204] } });
  const target = makeTarget("lambda-endpoint", { alsoAllowed: [form("unqualified", "/u"), form("qualified", "/q")] });
  const allowed = (step: string, path: string) => {
    const exchange = makeExchange({ step, outcome: makeAnswer({ status: 204 }) });
    return { ...exchange, sent: { ...exchange.sent, path } };
  };
  test("asks for each form, and not where there is one only", () => {
    expect(allFormsAreAllowed.script(target, everything).map(({ label }) => label)).toEqual([
      "unqualified",
      "qualified",
    ]);
    expect(allFormsAreAllowed.notFor(lambda, everything)).toContain("one name only");
  });
  test("passes when each is let through", () => {
    const verdict = allFormsAreAllowed.judge([allowed("unqualified", "/u"), allowed("qualified", "/q")], target);
    expect(verdict).toMatchObject({ kind: "pass", summary: "allowed: unqualified and qualified" });
  });
  test("fails for the one a policy forgot", () => {
    const denied = refused(lambda, { ...anonymous, principal: "arn:aws:iam::1:user/a", layer: "endpoint" });
    const verdict = allFormsAreAllowed.judge([allowed("unqualified", "/u"), { ...denied, step: "qualified" }], target);
    expect(verdict).toMatchObject({
      kind: "fail",
      summary: "the qualified form was answered 403",
      cause: { code: "denied-endpoint-policy" },
    });
  });
});

describe("spoilt-presigned-is-refused", () => {
  const check = find("spoilt-presigned-is-refused");
  const taken = sentAs("presigned", makeExchange());
  const refusals = [
    refused(lambda, expired, "presigned-expired"),
    refused(lambda, scope("Credential should be scoped to correct service: 'lambda'."), "presigned-other-service"),
    refused(lambda, { kind: "unknown-key" }, "presigned-without-token"),
  ];

  test("asks a rightly presigned request first, and spoilt ones only where that is taken", () => {
    expect(check.script(lambda, everything)).toMatchObject([{ signing: "presigned" }]);
    const signings = (means: Means, ...seen: readonly Exchange[]) =>
      check.more?.(seen, lambda, means).map(({ signing }) => signing);
    expect(signings(everything, taken)).toEqual([
      ...["presigned-expired", "presigned-other-service", "presigned-without-token"],
    ]);
    expect(signings({ ...everything, credentials: "long-term" }, taken)).toHaveLength(2);
    expect(signings(everything, refused(lambda, { kind: "auth-missing" }, "presigned"))).toEqual([]);
    expect(signings(everything, taken, ...refusals)).toEqual([]);
  });

  test("passes where all are refused for what is wrong with them", () => {
    expect(check.judge([taken, ...refusals], lambda)).toMatchObject({
      kind: "pass",
      summary:
        "signatures in the query are taken, and refused once they have expired, for another service and without their session token",
      measures: { status: 403, refusedAs: "auth-clock-skew" },
    });
  });

  test.each([
    ["the signature is not seen", lambda, { kind: "auth-missing" }, "auth-missing"],
    ["nobody is anonymous", lattice, { kind: "auth-missing" }, "auth-missing"],
    ["the header for the payload is missed", lattice, { kind: "payload-signed" }, "auth-payload-signed"],
  ] as const)("passes where none is taken: %s", (_, target, refusal, refusedAs) => {
    const verdict = check.judge([refused(target, refusal, "presigned")], target);
    expect(verdict).toMatchObject({ kind: "pass", measures: { status: 403, refusedAs } });
    expect(verdict.summary).toBe(
      "a request rightly signed in its query was answered 403: no signature in the query is taken",
    );
  });

  test("fails where one that has expired is answered", () => {
    const open = sentAs("presigned-expired", makeExchange());
    const verdict = check.judge([taken, open, ...refusals.slice(1)], lambda);
    expect(verdict).toMatchObject({ kind: "fail", cause: { code: "open-to-unsigned" } });
    expect(verdict.summary).toBe("a presigned request that has expired was answered 200");
    expect(verdict.kind === "fail" ? verdict.cause.evidence.join(" ") : "").toContain(
      "It was sent with a signature in its query that has expired.",
    );
  });

  test.each([
    ["is read and does not fit", [refused(lambda, mismatch, "presigned")]],
    ["meets something broken", [sentAs("presigned", makeExchange({ outcome: makeAnswer({ status: 502 }) }))]],
    ["is refused for something else", [taken, refused(lambda, mismatch, "presigned-expired"), ...refusals.slice(1)]],
    ["was not sent", []],
    ["has nothing spoilt to be held against", [taken]],
  ])("is inconclusive where it %s", (_, exchanges) => {
    expect(check.judge(exchanges, lambda).kind).toBe("inconclusive");
  });

  test("names nothing as wrong with a rightly presigned request, taken or not", () => {
    expect(diagnose([taken], lambda)).toEqual([]);
    const codes = diagnose([refused(lambda, { kind: "auth-missing" }, "presigned")], lambda).map(({ code }) => code);
    expect(codes).toEqual(["auth-missing"]);
  });
});
