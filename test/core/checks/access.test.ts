import { describe, expect, test } from "vitest";
import { accessIsAsDeclared } from "#core/checks/access-is-as-declared.ts";
import { signedIsAnswered } from "#core/checks/signed-is-answered.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { accessTable } from "#core/plan/access-table.ts";
import type { DeniedBy, TargetPolicies } from "#core/targets/access.ts";
import type { PolicyLayer, Refusal } from "#core/targets/dialects/dialect.ts";
import type { Target } from "#core/targets/target.ts";
import { ms } from "#core/units.ts";
import { makeAnswer, makeExchange, makeFailed, makeTarget } from "../../support/make.ts";
import { refused } from "./refused.ts";

const means = { credentials: "temporary", endedSession: true } as const;
const account = "111122223333";
const who = `arn:aws:sts::${account}:assumed-role/reader/check`;

const denied = (layer: PolicyLayer, explicit = false): Refusal => ({
  kind: "denied",
  principal: who,
  action: "vpc-lattice-svcs:Invoke",
  resource: `arn:aws:vpc-lattice:eu-west-1:${account}:service/svc-0cfe1f49ff3266204/orders/1`,
  layer,
  explicit,
});

const lattice = makeTarget("lattice");
const [main] = lattice.requests;
const list = { ...main, name: "list" };
const create = { ...main, name: "create", method: "POST", path: "/orders" };

const target = (by: DeniedBy | "allowed" | "observed", over: Partial<Target> = {}): Target => ({
  ...lattice,
  requests: [list, create],
  access: [
    { principal: "reader", action: "list", expected: { kind: "allowed" } },
    {
      principal: "reader",
      action: "create",
      expected: by === "allowed" || by === "observed" ? { kind: by } : { kind: "denied", by },
    },
  ],
  ...over,
});

/** As the probe would record it: what was asked, and what came of it. */
const asked = (step: string, over: Exchange): Exchange => {
  const principal = step.split(":")[0] ?? "";
  const sent = {
    ...over.sent,
    signing: principal === "anonymous" ? ("unsigned" as const) : ("correct" as const),
    ...(principal === "default" || principal === "anonymous" ? {} : { principal }),
    ...(step.endsWith("create") ? { method: "POST", path: "/orders" } : {}),
  };
  return { ...over, check: "access-is-as-declared", step, sent };
};
const answered = (step: string, status = 200) => asked(step, makeExchange({ outcome: makeAnswer({ status }) }));
const refusedBy = (step: string, refusal: Refusal) => asked(step, refused(lattice, refusal));

const healthy = [answered("default: list"), answered("default: create"), answered("reader: list")];
const judge = (last: Exchange, of: Target) => accessIsAsDeclared.judge([...healthy, last], of);

describe("access-is-as-declared", () => {
  test("asks for every cell as its principal, unsigned for the anonymous", () => {
    const all = target("any", {
      access: [
        ...(target("any").access ?? []),
        { principal: "anonymous", action: "list", expected: { kind: "denied", by: "any" } },
      ],
    });
    expect(
      accessIsAsDeclared.script(all, means).map(({ label, principal, signing }) => [label, principal, signing]),
    ).toEqual([
      ["default: list", undefined, "correct"],
      ["default: create", undefined, "correct"],
      ["reader: list", "reader", "correct"],
      ["reader: create", "reader", "correct"],
      ["anonymous: list", undefined, "unsigned"],
    ]);
  });

  test("asks as the named principals only, and does not apply where nothing is said of access", () => {
    expect(accessIsAsDeclared.script(target("any", { principals: ["reader"] }), means)).toHaveLength(2);
    expect(accessIsAsDeclared.notFor(lattice, means)).toContain("`access`");
    expect(accessIsAsDeclared.notFor(target("any"), means)).toBeNull();
  });

  test.each<readonly [DeniedBy, Refusal]>([
    ["any", denied("lattice-service")],
    ["lattice-service-policy", denied("lattice-service")],
    ["lattice-network-policy", denied("lattice-network")],
    ["identity-policy", denied("identity")],
    ["identity-policy", denied("identity", true)],
    ["explicit", denied("identity", true)],
    ["authentication", { kind: "unknown-key" }],
    ["any", { kind: "unknown-key" }],
  ])("passes when %s should refuse it and does", (by, refusal) => {
    const verdict = judge(refusedBy("reader: create", refusal), target(by));
    expect(verdict).toMatchObject({ kind: "pass", summary: "3 let through and 1 refused, each as it should be" });
  });

  test.each<readonly [DeniedBy, Refusal, string]>([
    ["lattice-service-policy", denied("identity"), "denied-identity-policy"],
    ["lattice-service-policy", denied("lattice-network"), "denied-lattice-network-policy"],
    ["explicit", denied("lattice-service"), "denied-lattice-service-policy"],
    ["authentication", denied("lattice-service"), "denied-lattice-service-policy"],
    ["lattice-service-policy", { kind: "unknown-key" }, "auth-unknown-key"],
  ])("fails when %s should refuse it and another does, naming that other", (by, refusal, code) => {
    const verdict = judge(refusedBy("reader: create", refusal), target(by));
    expect(verdict).toMatchObject({ kind: "fail", cause: { code } });
    expect(verdict.summary).toMatch(/^reader: create was refused by .* and not by /);
    if (verdict.kind === "fail") expect(verdict.cause.remedy).toContain("kept out, but not by what should do it");
  });

  test("fails when it is let in that should be refused, as open-to-principal or, unsigned, open-to-unsigned", () => {
    expect(judge(answered("reader: create"), target("lattice-service-policy"))).toMatchObject({
      kind: "fail",
      summary: "reader: create was answered 200 where the Lattice service's policy should refuse it",
      cause: { code: "open-to-principal", confidence: "certain" },
    });
    const open = target("any", {
      access: [{ principal: "anonymous", action: "create", expected: { kind: "denied", by: "any" } }],
    });
    expect(judge(answered("anonymous: create"), open)).toMatchObject({ cause: { code: "open-to-unsigned" } });
  });

  test("fails when it is refused that should be let in, by the cause of the refusal", () => {
    expect(judge(refusedBy("reader: create", denied("identity")), target("allowed"))).toMatchObject({
      kind: "fail",
      summary: "reader: create was refused by the identity policy",
      cause: { code: "denied-identity-policy" },
    });
  });

  test("expects nothing of what is observed", () => {
    expect(judge(refusedBy("reader: create", denied("identity")), target("observed")).kind).toBe("pass");
    expect(judge(answered("reader: create"), target("observed")).kind).toBe("pass");
  });

  test.each([
    ["no answer", makeFailed({ kind: "timeout", phase: "wait", afterMs: ms(100) })],
    ["an answer that says nothing of access", makeExchange({ outcome: makeAnswer({ status: 502 }) })],
  ])("is inconclusive for %s", (_, exchange) => {
    expect(judge(asked("reader: create", exchange), target("allowed")).kind).toBe("inconclusive");
  });

  test("takes a 404 that the config expects for one from behind the policies", () => {
    const retired = { ...create, expect: { ...create.expect, statuses: [404] } };
    expect(judge(answered("reader: create", 404), { ...target("allowed"), requests: [list, retired] }).kind).toBe(
      "pass",
    );
  });

  test("tells once who has no credentials, and that is no failure of the target", () => {
    const missing = makeFailed({
      kind: "credentials-missing",
      detail: "No credentials: READER_ACCESS_KEY_ID is not set",
    });
    const verdict = accessIsAsDeclared.judge(
      [...healthy.slice(0, 2), asked("reader: list", missing), asked("reader: create", missing)],
      target("allowed"),
    );
    expect(verdict).toMatchObject({
      kind: "inconclusive",
      summary: "reader has no credentials",
      cause: { code: "credentials-missing" },
    });
  });
});

describe("beside policy files", () => {
  const document = (...statements: readonly object[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const readOnly = document({
    ...everything,
    Sid: "Readers",
    Principal: "*",
    Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
  });
  const policies = (service: string): TargetPolicies => ({
    "lattice-service": { file: "service.json", text: service },
    "lattice-network": null,
    identity: {
      default: { file: "default.json", text: document(everything) },
      reader: { file: "reader.json", text: document(everything) },
    },
    callers: { default: { arn: `arn:aws:iam::${account}:role/app`, sessionName: null } },
    account,
    context: {},
  });
  const withFile = (service: string, over: Partial<Target> = {}) =>
    target("lattice-service-policy", { policies: policies(service), ...over });
  const clients = document({ ...everything, Principal: "*" });

  test("passes when they say the same", () => {
    const of = withFile(readOnly, {
      requests: [list, { ...create, expect: { ...create.expect, denied: "any", statuses: [403] } }],
    });
    const verdict = accessIsAsDeclared.judge(
      [
        answered("default: list"),
        refusedBy("default: create", denied("lattice-service")),
        answered("reader: list"),
        refusedBy("reader: create", denied("lattice-service")),
      ],
      of,
    );
    expect(verdict.kind).toBe("pass");
  });

  test("fails where the wire is as declared and the files say otherwise, naming file and statement", () => {
    const verdict = judge(refusedBy("reader: create", denied("lattice-service")), withFile(clients));
    expect(verdict).toMatchObject({ kind: "fail", cause: { code: "policy-not-as-deployed", confidence: "likely" } });
    if (verdict.kind === "fail") expect(verdict.cause.evidence.join(" ")).toContain("The policy files allow it.");
  });

  test("names the statement that refuses, in failures of the access table and of the first signed request", () => {
    const of = { ...withFile(readOnly), requests: [create] as const };
    const refusal = asked("signed: create", refused(lattice, denied("lattice-service")));
    const { principal: _, ...sent } = refusal.sent;
    const verdict = signedIsAnswered.judge([{ ...refusal, sent }], of);
    expect(verdict).toMatchObject({ kind: "fail", cause: { code: "denied-lattice-service-policy" } });
    if (verdict.kind === "fail")
      expect(verdict.cause.evidence.join(" ")).toContain(
        "no statement of service.json allows it (Statement 1 (Readers): Condition StringEquals vpc-lattice-svcs:RequestMethod GET does not hold: vpc-lattice-svcs:RequestMethod is POST)",
      );
  });

  test("claims nothing where they hang on what is not known", () => {
    const conditional = document({
      ...everything,
      Principal: "*",
      Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-0" } },
    });
    expect(judge(refusedBy("reader: create", denied("lattice-service")), withFile(conditional)).kind).toBe("pass");
  });

  test("claims nothing where something beyond the evaluator refuses", () => {
    const { status, statusText, body } = lattice.kind.dialect.say(denied("identity")).value;
    const byControl = makeExchange({
      outcome: makeAnswer({
        status,
        statusText,
        body: body.replace("identity-based policy", "service control policy"),
      }),
    });
    const of = { ...target("identity-policy"), policies: policies(clients) };
    expect(judge(asked("reader: create", byControl), of).kind).toBe("pass");
  });

  test("stands in the table cell by cell", () => {
    const rows = accessTable([...healthy, refusedBy("reader: create", denied("lattice-service"))], [withFile(clients)]);
    expect(rows.map(({ principal, action, verdict }) => [principal, action, verdict])).toEqual([
      ["default", "list", "pass"],
      ["default", "create", "pass"],
      ["reader", "list", "pass"],
      ["reader", "create", "fail"],
    ]);
    expect(rows[3]).toMatchObject({
      expected: { access: "denied", by: "lattice-service-policy" },
      foreseen: { access: "allowed", by: null },
      seen: { access: "denied", by: "lattice-service-policy", explicit: false, status: 403 },
    });
  });
});

describe("a request that is meant to be refused", () => {
  const admin = { ...main, expect: { statuses: [401, 403], body: null, headers: {}, denied: "explicit" as const } };
  const of = { ...lattice, requests: [admin] as const };
  const signed = (exchange: Exchange) => signedIsAnswered.judge([exchange], of);
  test("passes when it is, and fails as open-to-principal when it is answered", () => {
    expect(signed(refused(lattice, denied("lattice-service", true)))).toMatchObject({
      kind: "pass",
      summary: "the signed request was answered 403, refused as it should be",
    });
    expect(signed(makeExchange())).toMatchObject({ kind: "fail", cause: { code: "open-to-principal" } });
  });
  test("fails when another refuses it", () => {
    expect(signed(refused(lattice, denied("lattice-service")))).toMatchObject({
      kind: "fail",
      cause: { code: "denied-lattice-service-policy" },
    });
  });
});
