import { InvokeCommand, type InvokeCommandInput, LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, describe, expect, test } from "vitest";
import type { Effects } from "#node/lab/fault.ts";
import { credentials, endedCredentials, makeApp } from "../../../support/lab-app.ts";
import { type Served, serveApp } from "../../../support/serve-app.ts";

// AWS's own client, which nobody here wrote: what it makes of the lab is what it would make of Lambda.

const running: Served[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.stop()));
});

async function client(effects: Effects = {}, as: object = credentials): Promise<LambdaClient> {
  const served = await serveApp(makeApp("orders-direct", { effects }));
  running.push(served);
  return new LambdaClient({
    region: "eu-west-1",
    endpoint: served.origin,
    credentials: { ...credentials, ...as },
    maxAttempts: 1,
  });
}

const invoke = (lambda: LambdaClient, input: Partial<InvokeCommandInput> = {}) =>
  lambda.send(new InvokeCommand({ FunctionName: "orders:live", ...input }), {
    abortSignal: AbortSignal.timeout(10_000),
  });

describe("the AWS SDK for JavaScript at the lab's Lambda", () => {
  test("invokes the function and reads its answer", async () => {
    const answer = await invoke(await client(), { Payload: '{"order":1}', LogType: "Tail" });
    expect([answer.StatusCode, answer.ExecutedVersion, answer.FunctionError]).toEqual([200, "7", undefined]);
    expect(answer.Payload?.transformToString()).toBe('{"order":1}');
    expect(Buffer.from(answer.LogResult ?? "", "base64").toString()).toContain("START RequestId:");
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ["orders", "live"],
    ["arn:aws:lambda:eu-west-1:111122223333:function:orders:live", undefined],
  ])("calls it %s, qualifier %s", async (FunctionName, Qualifier) => {
    const answer = await invoke(await client(), { FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) });
    expect(answer.StatusCode).toBe(200);
  });

  test.each([
    ["DryRun", 204],
    ["Event", 202],
  ] as const)("is answered %s with %i", async (InvocationType, status) => {
    expect((await invoke(await client(), { InvocationType })).StatusCode).toBe(status);
  });

  test("sees that the function failed", async () => {
    const answer = await invoke(await client(), { Payload: '{"error":"broken"}' });
    expect([answer.StatusCode, answer.FunctionError]).toEqual([200, "Unhandled"]);
    expect(JSON.parse(answer.Payload?.transformToString() ?? "")).toEqual({
      errorType: "Error",
      errorMessage: "broken",
    });
  });

  test.each([
    [
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
      {},
      { accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
    ],
    ["InvalidSignatureException", "The request signature we calculated does not match", {}, { secretAccessKey: "x" }],
    ["UnrecognizedClientException", "The security token included in the request is invalid.", {}, { sessionToken: "" }],
    ["ExpiredTokenException", "The security token included in the request is expired", {}, endedCredentials],
    ["InvalidSignatureException", "Signature expired: ", { signing: "clock-ahead" }, {}],
    ["InvalidSignatureException", "Signature not yet current: ", { signing: "clock-behind" }, {}],
    [
      "InvalidSignatureException",
      "Credential should be scoped to a valid region, not 'eu-west-1'.",
      { signing: "other-region" },
      {},
    ],
    [
      "AccessDeniedException",
      "because no VPC endpoint policy allows the lambda:InvokeFunction action",
      { policy: "endpoint-lacks-qualified" },
      {},
    ],
    [
      "AccessDeniedException",
      "because no identity-based policy allows the lambda:InvokeFunction action",
      { policy: "identity-silent" },
      {},
    ],
    ["AccessDeniedException", "with an explicit deny in a VPC endpoint policy", { policy: "endpoint-denies" }, {}],
    [
      "ResourceNotFoundException",
      "Function not found: arn:aws:lambda:eu-west-1:111122223333:function:orders:live",
      { service: "function-missing" },
      {},
    ],
    ["TooManyRequestsException", "Rate Exceeded.", { service: "throttled" }, {}],
  ] as const)("throws %s: %s", async (name, message, effects, as) => {
    const failed = invoke(await client(effects, as));
    await expect(failed).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test("the endpoint policy that lacks the qualified ARN lets the unqualified one pass", async () => {
    const answer = await invoke(await client({ policy: "endpoint-lacks-qualified" }), { FunctionName: "orders" });
    expect(answer.StatusCode).toBe(200);
  });
});
