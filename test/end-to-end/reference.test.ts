import { expect, test } from "vitest";
import { check, startLabProcess } from "../support/cli.ts";

test("a signature that the service calls wrong is held to AWS's own signer, and the evidence says what came of it", async () => {
  const lab = await startLabProcess(["--fault", "path-rewritten@orders-direct"]);
  try {
    const { report } = await check(lab.config, ["orders-direct"]);
    const cause = report.checks.find(({ verdict }) => verdict === "fail")?.cause;
    expect(cause?.code).toBe("auth-signature-mismatch");
    expect(cause?.evidence.join("\n")).toContain("AWS's own signer (@aws-sdk/signature-v4) makes the same signature");
  } finally {
    await lab.stop();
  }
});
