import type { RunReport } from "#core/reporters/run-report.ts";
import type { AccessRow } from "#core/verdicts/access-row.ts";
import { hostile, makeReport } from "./report.ts";

export const makeAccessRow = (over: Partial<AccessRow> = {}): AccessRow => ({
  target: "orders-lattice",
  principal: "reader",
  action: "list",
  expected: { access: "allowed", by: null },
  foreseen: { access: "allowed", by: null, says: "the policy files allow it" },
  seen: { access: "allowed", by: null, explicit: false, status: 200 },
  verdict: "pass",
  says: "was let through, as it should be",
  ...over,
});

const silent =
  "no statement of ./policies/service.json allows it (Statement 1 (Readers): Condition StringEquals vpc-lattice-svcs:RequestMethod GET does not hold: vpc-lattice-svcs:RequestMethod is POST)";

/** Refused by the service's policy, as it should be, and as its file has it. */
export const deniedRow = (over: Partial<AccessRow> = {}): AccessRow =>
  makeAccessRow({
    expected: { access: "denied", by: "lattice-service-policy" },
    foreseen: { access: "denied", by: "lattice-service-policy", says: silent },
    seen: { access: "denied", by: "lattice-service-policy", explicit: false, status: 403 },
    says: "was refused by the Lattice service's policy, as it should be",
    ...over,
  });

/** Everything a cell can show, for principals and requests with long names. */
export function makeAccessReport(): RunReport {
  const actions = ["list", "create", "a-request-with-a-name-of-its-own", "export", "admin"];
  const each = (principal: string, of: (action: string) => AccessRow): readonly AccessRow[] =>
    actions.map((action) => ({ ...of(action), principal, action }));
  const access: readonly AccessRow[] = [
    ...each("default", () => makeAccessRow()),
    ...each("reader", (action) => (action === "list" ? makeAccessRow() : deniedRow())),
    ...each("a-principal-whose-name-is-long-enough-to-be-broken", () =>
      deniedRow({
        seen: { access: "denied", by: "identity-policy", explicit: true, status: 403 },
        verdict: "fail",
        says: "was refused by an explicit deny in the identity policy and not by the Lattice service's policy",
      }),
    ),
    ...each("auditor", () =>
      makeAccessRow({
        seen: { access: "unclear", by: null, explicit: false, status: null },
        verdict: "inconclusive",
        says: "was not asked, for want of credentials: AUDITOR_ACCESS_KEY_ID is not set",
      }),
    ),
    ...each("anonymous", () =>
      deniedRow({
        expected: { access: "observed", by: null },
        seen: { access: "denied", by: "authentication", explicit: false, status: 403 },
        says: "was refused by authentication",
      }),
    ),
    makeAccessRow({ target: "orders-alb", principal: "anonymous", foreseen: null }),
  ];
  return makeReport({ access });
}

export const hostileAccessReport = (): RunReport => {
  const says = { says: hostile, foreseen: { access: "denied", by: null, says: `${hostile} (${hostile})` } } as const;
  return makeReport({
    access: [deniedRow(says), deniedRow({ ...says, principal: hostile, action: hostile, verdict: "fail" })],
  });
};
