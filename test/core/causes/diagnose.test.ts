import { describe, expect, test } from "vitest";
import type { Cause } from "#core/causes/cause.ts";
import { diagnose } from "#core/causes/diagnose.ts";
import { diagnoseExpected } from "#core/causes/expected.ts";
import { causes } from "#core/causes/index.ts";
import { nameCause } from "#core/causes/name-cause.ts";
import { targetKinds } from "#core/targets/index.ts";
import { bytes, ms } from "#core/units.ts";
import { makeAnswer, makeConnection, makeExchange, makeTarget } from "../../support/make.ts";
import { answered, canonical, failed, mismatch, scenes, sent, unprinted } from "./scenes.ts";

const codesOf = (...asked: Parameters<typeof diagnose>) => diagnose(...asked).map(({ code }) => code);

describe("diagnose() names first", () => {
  test.each(scenes)("$code: $scene", ({ code, target, exchanges, evidence }) => {
    const [first] = diagnose(exchanges, target);
    expect(first?.code).toBe(code);
    expect(first?.evidence.join(" ")).toContain(evidence);
    expect(first?.remedy).not.toBe("");
    expect(first?.source).toMatch(/^https:/);
  });

  test("something for every cause of the catalogue", () => {
    // Only the check that asked for slow answers knows which of them were due.
    const judged = ["timeout-not-as-declared"];
    expect([...new Set([...scenes.map(({ code }) => code), ...judged])].sort()).toEqual(causes.map(({ code }) => code));
  });
});

describe("diagnose() finds nothing", () => {
  test.each(targetKinds.map(({ kind }) => kind))("in the healthy exchanges of %s", (kind) => {
    const target = makeTarget(kind);
    const signing = target.auth === "iam" ? "correct" : "unsigned";
    const first = makeExchange({ sent: sent({ signing }) });
    const second = makeExchange({
      sent: sent({ signing, keptAfterMs: ms(500) }),
      connection: makeConnection({ reusedSocket: true, requestsBefore: 1, idleMs: ms(500), ageMs: ms(600) }),
    });
    const resolved = makeExchange({ outcome: { kind: "resolved" }, connection: null });
    expect(diagnose([resolved, first, second], target)).toEqual([]);
  });

  test("in an answer whose status is expected, whatever it says", () => {
    const [main] = makeTarget("lambda-endpoint").requests;
    const expecting = makeTarget("lambda-endpoint", {
      requests: [{ ...main, expect: { statuses: [404], body: null, headers: {} } }],
    });
    expect(diagnose([answered(404, '{"Message":"Function not found: arn"}')], expecting)).toEqual([]);
  });

  test("in fresh sockets that were asked for", () => {
    const second = makeExchange({ connection: makeConnection({ id: 2 }), sent: sent({ keptAfterMs: null }) });
    expect(diagnose([makeExchange(), second], makeTarget("lattice"))).toEqual([]);
  });

  test("in one zone where the addresses are pinned, and in another answer's second address", () => {
    const one = makeExchange({ addresses: ["10.0.1.10"], outcome: { kind: "resolved" } });
    const other = makeExchange({ addresses: ["10.0.2.10"], outcome: { kind: "resolved" } });
    expect(diagnose([one], makeTarget("alb", { pinned: ["10.0.1.10"] }))).toEqual([]);
    expect(diagnose([one, other], makeTarget("alb"))).toEqual([]);
  });

  test("in an unsigned request that was refused where a signature is demanded, but what refused it", () => {
    const refused = answered(
      403,
      "AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke on resource: arn because no service-based policy allows the vpc-lattice-svcs:Invoke action",
      { signing: "unsigned" },
    );
    expect(codesOf([refused], makeTarget("lattice"))).toEqual(["denied-lattice-service-policy"]);
  });
});

describe("diagnose() ranks", () => {
  test("a special cause before the one it refines, and lists the others as alternatives", () => {
    const [first] = diagnose(
      [failed({ kind: "timeout", phase: "connect", afterMs: ms(5000) }, { address: "169.254.171.65" })],
      makeTarget("lattice"),
    );
    expect(first).toMatchObject({
      code: "lattice-not-associated",
      confidence: "likely",
      alternatives: ["tcp-timeout"],
    });
  });

  test("a security group before a missing association where the address is an endpoint's", () => {
    const timeouts = [failed({ kind: "timeout", phase: "connect", afterMs: ms(5000) })];
    expect(codesOf(timeouts, makeTarget("lattice"))).toEqual(["tcp-timeout", "lattice-not-associated"]);
  });

  test("the route before the signature for API Gateway's ambiguous text, but not for an unsigned request", () => {
    const body = '{"message":"Missing Authentication Token"}';
    const api = makeTarget("api-gateway");
    expect(codesOf([answered(403, body)], api)).toEqual(["apigw-unknown-route", "auth-missing", "unexpected-status"]);
    expect(codesOf([answered(403, body, { signing: "unsigned" })], api)).toEqual([
      "auth-missing",
      "apigw-unknown-route",
    ]);
  });

  test("the host only as an alternative where the service does not print what it computed", () => {
    const lambda = makeTarget("lambda-endpoint");
    const [first] = diagnose([answered(403, unprinted)], lambda);
    expect(first?.code).toBe("auth-signature-mismatch");
    expect(first?.alternatives).toContain("auth-host-mismatch");
  });

  test("the host not at all where both sides have the same", () => {
    const same = canonical("orders.example.internal");
    const [first] = diagnose(
      [answered(403, mismatch(same), { over: { sent: sent({ canonicalRequest: same }) } })],
      makeTarget("lambda-endpoint"),
    );
    expect(first?.alternatives).not.toContain("auth-host-mismatch");
    expect(first?.evidence.join(" ")).toContain("the secret key, the session token or the signature itself is wrong");
  });

  test("the Deny before the layer that has it", () => {
    const body = JSON.stringify({
      Message:
        "User: arn:aws:iam::1:user/a is not authorized to perform: lambda:InvokeFunction on resource: arn with an explicit deny in an identity-based policy",
    });
    expect(codesOf([answered(403, body)], makeTarget("lambda-endpoint"))).toEqual([
      "denied-explicit",
      "denied-identity-policy",
      "unexpected-status",
    ]);
  });

  test("every kind of wrong signature before the general mismatch", () => {
    const lattice = makeTarget("lattice");
    const signed = answered(403, "InvalidSignatureException: Signed payloads are not supported");
    expect(codesOf([signed], lattice)).toEqual(["auth-payload-signed", "unexpected-status"]);
  });

  test("both parts of the scope that are wrong", () => {
    const body = JSON.stringify({
      message:
        "Credential should be scoped to a valid region, not 'c'. Credential should be scoped to correct service: 'lambda'. ",
    });
    expect(codesOf([answered(403, body)], makeTarget("lambda-endpoint")).slice(0, 2)).toEqual([
      "auth-wrong-region",
      "auth-wrong-service",
    ]);
  });

  test("what hides behind a load balancer's 502 as alternatives", () => {
    const bad = answered(502, "<html>502 Bad Gateway</html>", {
      signing: "unsigned",
      headers: [["server", "awselb/2.0"]],
    });
    const [first] = diagnose([bad], makeTarget("alb"));
    expect(first?.code).toBe("invalid-function-response");
    expect(first?.alternatives).toEqual(expect.arrayContaining(["function-error", "target-unreachable", "throttled"]));
  });

  test("a target's own 502 and 404 as what they are: unexpected statuses", () => {
    const own = { signing: "unsigned", headers: [["server", "nginx"]] } as const;
    expect(codesOf([answered(502, '{"error":"upstream"}', own)], makeTarget("alb"))).toEqual(["unexpected-status"]);
    expect(codesOf([answered(404, '{"error":"no such order"}')], makeTarget("lattice"))).toEqual(["unexpected-status"]);
    expect(codesOf([answered(500, '{"error":"database"}')], makeTarget("lattice"))).toEqual(["unexpected-status"]);
  });

  test("a response timeout, not a stale connection, on a fresh one", () => {
    const hung = failed({ kind: "timeout", phase: "wait", afterMs: ms(10) }, { connection: makeConnection() });
    expect(codesOf([makeExchange(), hung], makeTarget("lattice"))).toEqual(["response-timeout"]);
  });

  test("a black hole before a stale connection where size tells them apart", () => {
    const connection = makeConnection({ reusedSocket: true, requestsBefore: 1, idleMs: ms(1), ageMs: ms(5) });
    const hung = failed(
      { kind: "timeout", phase: "wait", afterMs: ms(10) },
      { connection, sent: sent({ bodyBytes: bytes(100_000) }) },
    );
    expect(codesOf([makeExchange(), hung], makeTarget("lambda-endpoint"))[0]).toBe("path-mtu-black-hole");
  });

  test("no zone as down where no address works", () => {
    const down = ["10.0.1.10", "10.0.2.10"].map((address) => failed({ kind: "refused" }, { address }));
    expect(codesOf(down, makeTarget("lambda-endpoint"))).toEqual(["tcp-refused"]);
  });

  test("a front that answered a stranger 404 for reasons of its own is not open", () => {
    const lattice = makeTarget("lattice");
    expect(codesOf([answered(404, "", { signing: "unsigned" })], lattice)).toEqual([
      "lattice-no-route",
      "unexpected-status",
    ]);
  });

  test("this machine's own slowness as an alternative where time passed in no phase of an unwanted answer", () => {
    const slow = { over: { phases: { ...makeExchange().phases, totalMs: ms(5000) } } };
    const lambda = makeTarget("lambda-endpoint");
    expect(codesOf([answered(500, "", slow)], lambda)).toEqual(["unexpected-status", "generator-saturated"]);
    expect(codesOf([answered(200, "", slow)], lambda)).toEqual([]);
  });

  test("plain HTTP to a TLS port as an alternative where a parser does not say what it read", () => {
    const target = makeTarget("http", { origin: { scheme: "http", host: "a.example", port: 443 } });
    const odd = failed({ kind: "malformed", detail: "Expected HTTP/ (HPE_INVALID_CONSTANT)" });
    expect(codesOf([odd], target)).toEqual(["protocol-error", "plain-http-to-tls-port"]);
  });

  test("what kept one request from an answer before the odd answer of another", () => {
    const alb = makeTarget("alb");
    const hung = failed({ kind: "timeout", phase: "tls", afterMs: ms(10) });
    expect(codesOf([answered(500, "{}", { signing: "unsigned" }), hung], alb)).toEqual([
      "tls-handshake-timeout",
      "unexpected-status",
    ]);
  });

  test("the body expected of a configured request only", () => {
    const [main] = makeTarget("http").requests;
    const body = { kind: "contains", text: "order" } as const;
    const target = makeTarget("http", { requests: [{ ...main, expect: { ...main.expect, body } }] });
    const of = (path: string) => answered(200, "digest", { over: { sent: sent({ signing: "unsigned", path }) } });
    expect(codesOf([of(main.path)], target)).toEqual(["unexpected-body"]);
    expect(codesOf([of("/orders/1?digest=1")], target)).toEqual([]);
  });

  test("a signed payload that is accepted is no open door", () => {
    expect(codesOf([answered(200, "ok", { signing: "signed-payload" })], makeTarget("lattice"))).not.toContain(
      "open-to-unsigned",
    );
  });

  test("no more evidence than one reads", () => {
    const many = Array.from({ length: 20 }, (_, n) => failed({ kind: "refused" }, { address: `10.0.1.${n}` }));
    const [first] = diagnose(many, makeTarget("lambda-endpoint"));
    expect(first?.evidence).toHaveLength(5);
    expect(first?.evidence.at(-1)).toBe("16 more exchanges showed the same.");
  });
});

describe("diagnose() with another catalogue", () => {
  const base: Cause = {
    code: "base",
    layer: "tcp",
    title: "Base",
    explanation: "",
    remedy: () => "",
    source: "",
    trust: "doc",
    refines: [],
    recognise: () => ({ confidence: "certain", evidence: ["seen"] }),
  };
  const seen = [makeExchange()];
  const target = makeTarget("http");

  test("is no surer than the fact behind a cause", () => {
    expect(diagnose(seen, target, [{ ...base, trust: "recalled" }])[0]?.confidence).toBe("likely");
    expect(diagnose(seen, target, [{ ...base, trust: "code" }])[0]?.confidence).toBe("certain");
  });

  test("ends where causes refine each other in a circle", () => {
    const circle = [
      { ...base, code: "b", refines: ["a"] },
      { ...base, code: "a", refines: ["b"] },
    ];
    expect(codesOf(seen, target, circle)).toEqual(["a", "b"]);
  });

  test("follows refinement through causes that were not seen", () => {
    const chain: readonly Cause[] = [
      { ...base, code: "a" },
      { ...base, code: "m", refines: ["a"], recognise: () => null },
      { ...base, code: "z", refines: ["m"] },
    ];
    expect(codesOf(seen, target, chain)).toEqual(["z", "a"]);
  });

  test("does not put a cause that is only possible before the general one", () => {
    const possible: Cause = {
      ...base,
      code: "a-special",
      refines: ["base"],
      recognise: () => ({ confidence: "possible", evidence: ["hm"] }),
    };
    expect(codesOf(seen, target, [possible, base])).toEqual(["base", "a-special"]);
  });
});

describe("diagnoseExpected()", () => {
  const lambda = makeTarget("lambda-endpoint");
  const refusal = answered(
    403,
    JSON.stringify({ message: "Credential should be scoped to correct service: 'lambda'." }),
    { signing: "wrong-service" },
  );

  test("passes the refusal that was hoped for", () => {
    expect(diagnoseExpected([refusal], lambda, ["auth-wrong-service"])).toMatchObject({
      kind: "as-expected",
      diagnosis: { code: "auth-wrong-service" },
    });
  });

  test("tells another refusal, and an answer, from it", () => {
    expect(diagnoseExpected([refusal], lambda, ["auth-missing"])).toMatchObject({
      kind: "otherwise",
      diagnosis: { code: "auth-wrong-service" },
    });
    expect(
      diagnoseExpected([answered(200, "hi", { signing: "wrong-service" })], lambda, ["auth-wrong-service"]),
    ).toMatchObject({ kind: "otherwise", diagnosis: { code: "open-to-unsigned" } });
  });

  test("has no cause for a refusal whose words it does not know", () => {
    expect(
      diagnoseExpected([answered(403, "no", { signing: "wrong-service" })], lambda, ["auth-wrong-service"]),
    ).toEqual({ kind: "otherwise", diagnosis: null });
  });
});

describe("nameCause()", () => {
  test("gives a judge's own finding the catalogue's words", () => {
    const named = nameCause(
      "reuse-refused",
      { confidence: "likely", evidence: ["3 of 3 were closed."] },
      makeTarget("alb"),
      ["connection-lifetime"],
    );
    expect(named).toMatchObject({
      code: "reuse-refused",
      confidence: "likely",
      evidence: ["3 of 3 were closed."],
      alternatives: ["connection-lifetime"],
    });
    expect(named.remedy).toContain("keep-alive");
  });

  test("refuses a code that the catalogue does not have", () => {
    expect(() => nameCause("bad-luck", { confidence: "likely", evidence: ["x"] }, makeTarget("alb"))).toThrow(
      RangeError,
    );
  });
});

describe("evidence", () => {
  test("is one line whatever a body holds", () => {
    const [first] = diagnose([answered(500, "a\u0000b\n\n\u001b[31mred", { signing: "unsigned" })], makeTarget("http"));
    expect(first?.evidence[0]).toBe(
      'GET /orders/1 at 10.0.1.10:443 was answered 500: "a·b ·[31mred". Expected was 200.',
    );
  });

  test("brackets an IPv6 address", () => {
    const [first] = diagnose([failed({ kind: "refused" }, { address: "fd00::1" })], makeTarget("http"));
    expect(first?.evidence).toEqual(["[fd00::1]:443 refused the connection."]);
  });

  test("does not compare the session token", () => {
    const withToken = (value: string) =>
      canonical("orders.example.internal").replace("x-amz-date:", `x-amz-security-token:${value}\nx-amz-date:`);
    const [first] = diagnose(
      [
        answered(403, mismatch(withToken("SECRET")), {
          over: { sent: sent({ canonicalRequest: withToken("[redacted]") }) },
        }),
      ],
      makeTarget("lambda-endpoint"),
    );
    expect(first?.evidence.join(" ")).not.toContain("SECRET");
    expect(first?.evidence.join(" ")).toContain("computed the same canonical request");
  });

  test("of an answer in time counts what the function's error header says", () => {
    const fine = makeExchange({
      outcome: makeAnswer({ headers: [["x-amz-function-error", "Unhandled"]], body: "{}" }),
    });
    expect(codesOf([fine], makeTarget("lambda-endpoint"))).toEqual(["function-error"]);
  });
});
