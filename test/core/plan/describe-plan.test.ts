import { expect, test } from "vitest";
import { askFor } from "#core/checks/ask/step.ts";
import { describePlan } from "#core/plan/describe-plan.ts";
import { planChecks } from "#core/plan/plan-checks.ts";
import { showPlan } from "#core/plan/show-plan.ts";
import { makeTarget } from "../../support/make.ts";
import { makeCheck } from "./support.ts";

const checks = [
  makeCheck("connects", {
    group: "network",
    script: () => [askFor("connect", { until: "connected", address: "each" })],
  }),
  makeCheck("answers", {
    script: () => [
      askFor("main"),
      askFor("posted", {
        signing: "tampered",
        request: { method: "POST", path: "/x?digest=1", headers: {}, body: "naïve 漢 😀" },
      }),
    ],
  }),
  makeCheck("sleeps", { group: "payload", notFor: () => "it never sleeps" }),
  makeCheck("dreams", { group: "payload", notFor: () => "it never sleeps" }),
];
const target = makeTarget("lattice", {
  origin: { scheme: "https", host: "fd00::1", port: 8443 },
  hostHeader: "orders.on.aws",
});
const description = describePlan(planChecks([target], checks, { credentials: "long-term", endedSession: false }));

test("describePlan() counts requests and bytes, and says what goes where", () => {
  expect(description).toMatchObject({ requests: 2, bodyBytes: Buffer.byteLength("naïve 漢 😀") });
  expect(description.targets[0]).toMatchObject({
    target: "orders",
    kind: "lattice",
    origin: "https://[fd00::1]:8443",
    requests: 2,
    steps: [
      { check: "connects", until: "connected", address: "each", request: null },
      { check: "answers", host: "orders.on.aws", request: { method: "GET", path: "/orders/1", signing: "correct" } },
      { check: "answers", request: { method: "POST", path: "/x?digest=1", signing: "tampered", bodyBytes: 15 } },
    ],
    notApplicable: [
      { check: "dreams", reason: "it never sleeps" },
      { check: "sleeps", reason: "it never sleeps" },
    ],
  });
});

test("describePlan() says what the requests cost, by the kind's own prices", () => {
  expect(description.cost.targets).toMatchObject([
    {
      target: "orders",
      charges: [{ what: expect.stringContaining("GB") }, { what: expect.stringContaining("requests") }],
    },
  ]);
  expect(description.cost.usd).toBeGreaterThan(0);
  expect(description.cost.usd).toBeLessThan(0.00001);
});

test("showPlan() is a line a step, and one for each reason not to ask", () => {
  expect(showPlan(description)).toBe(
    [
      "orders (lattice) https://[fd00::1]:8443: 2 requests, 15 B of bodies",
      "  connects  connect (every address)",
      "  answers   GET /orders/1 to orders.on.aws, signed (main)",
      "  answers   POST /x?digest=1 to orders.on.aws, tampered, 15 B (posted)",
      "  does not apply, since",
      "    it never sleeps: dreams, sleeps",
      "",
      "2 requests with 15 B of bodies, to 1 target. Nothing was sent.",
      `They cost less than 0.01 USD. ${description.cost.notes.join(" ")}`,
    ].join("\n"),
  );
});

test("showPlan() says the same step once, and how often", () => {
  const looks = makeCheck("looks", { script: () => [1, 2, 3].map(() => askFor("again", { until: "resolved" })) });
  const means = { credentials: "long-term", endedSession: false } as const;
  expect(showPlan(describePlan(planChecks([target], [looks], means)))).toContain(
    "\n  looks  resolve the name (once) × 3\n",
  );
});
