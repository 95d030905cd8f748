import { describe, expect, test } from "vitest";
import type { ReportedCheck } from "#core/reporters/run-report.ts";
import { signatureVariants } from "#core/reporters/signature-variants.ts";
import { failedCheck, makeCheck, makeReport } from "../../support/report.ts";

const asked = (check: string, over: Partial<ReportedCheck>): ReportedCheck =>
  makeCheck({ check, group: "auth", ...over });

describe("signatureVariants()", () => {
  test("has what each target did with each signature, and the layer that refused", () => {
    const { variants, rows, open } = signatureVariants(
      makeReport({
        checks: [
          asked("signed-is-answered", { measures: { status: 200, waitMs: 3 } }),
          asked("unsigned-is-refused", { measures: { status: 403, refusedAs: "denied-lattice-service-policy" } }),
          asked("wrong-region-is-refused", { measures: { status: 403, refusedAs: "auth-wrong-region" } }),
          asked("ended-session-is-refused", { verdict: "skipped", measures: {} }),
        ],
      }),
    );
    expect(variants).toEqual(["signed", "unsigned", "other Region"]);
    expect(rows.map(({ cells }) => cells.map((cell) => cell && [cell.met, cell.status, cell.by?.layer]))).toEqual([
      [
        ["answered", 200, undefined],
        ["refused", 403, "Lattice service policy"],
        ["refused", 403, "signature"],
      ],
    ]);
    expect(open.map(({ id }) => id)).toEqual(["orders-alb"]);
  });

  test("names what refused a request that should have been answered, and nothing where nothing did", () => {
    const { rows } = signatureVariants(
      makeReport({
        checks: [
          failedCheck({ measures: { status: 403 } }),
          failedCheck({ check: "unsigned-is-refused", measures: { status: 200 } }),
          asked("unknown-key-is-refused", { verdict: "inconclusive", measures: {} }),
        ],
      }),
    );
    expect(rows[0]?.cells.map((cell) => cell && [cell.met, cell.by])).toEqual([
      ["refused", { layer: "Lattice service policy", code: "denied-lattice-service-policy" }],
      ["answered", null],
      ["no answer", null],
    ]);
  });

  test("is empty where nothing was signed", () => {
    const { variants, rows } = signatureVariants(makeReport({ checks: [makeCheck()] }));
    expect([variants, rows]).toEqual([[], []]);
  });
});
