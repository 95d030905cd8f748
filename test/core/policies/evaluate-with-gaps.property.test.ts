import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "#core/policies/evaluate.ts";
import { evaluateWithGaps } from "#core/policies/evaluate-with-gaps.ts";
import { parsePolicy } from "#core/policies/parse-policy.ts";
import { functionArn, makeAccess } from "./make.ts";

const keys = ["aws:SourceVpc", "aws:SourceVpce", "aws:PrincipalOrgID"] as const;
const value = fc.constantFrom("a", "b");

const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Principal: fc.constant("*"),
  Action: fc.constantFrom("lambda:*", "s3:*"),
  Resource: fc.constantFrom("*", functionArn, `\${aws:SourceVpc}`, "arn:aws:s3:::x"),
  Condition: fc.dictionary(
    fc.constantFrom("StringEquals", "StringNotEquals", "StringLikeIfExists", "ForAllValues:StringEquals"),
    fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 1, maxKeys: 2 }),
    { maxKeys: 2 },
  ),
});
const policies = fc.array(statement, { minLength: 1, maxLength: 4 });
const facts = fc.dictionary(fc.constantFrom(...keys), value);
const known = fc.subarray([...keys]);

test("whatever fills the gaps, the decision is among the possible ones; without gaps there is one, the same", () => {
  fc.assert(
    fc.property(policies, facts, known, (statements, filled, knownKeys) => {
      const parsed = parsePolicy({ Version: "2012-10-17", Statement: statements });
      if (parsed.kind !== "ok") throw new Error(JSON.stringify(parsed.problems));
      const lower = knownKeys.map((key) => key.toLowerCase());
      const isKnown = (key: string) => !keys.some((one) => one.toLowerCase() === key) || lower.includes(key);
      const shown = Object.fromEntries(Object.entries(filled).filter(([key]) => lower.includes(key.toLowerCase())));
      const gaps = { isKnown, principal: null, sessionsOf: null, resource: null };
      const { decisions, missing } = evaluateWithGaps(parsed.policy, makeAccess({ conditions: shown }), gaps);
      const truth = evaluate(parsed.policy, makeAccess({ conditions: filled }));
      expect(decisions.map(({ kind }) => kind)).toContain(truth.kind);
      if (knownKeys.length === keys.length) expect([decisions.length, missing]).toEqual([1, []]);
    }),
    { numRuns: 2000 },
  );
});
