import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentials, makeApp } from "../../../support/lab-app.ts";
import { runProgram } from "../../../support/run-program.ts";
import { type Served, serveApp } from "../../../support/serve-app.ts";
import { findPython } from "../../../support/tools.ts";

const python = findPython("boto3");

const script = `
import json, os, sys, boto3
from botocore.config import Config
from botocore.exceptions import ClientError
said = []
client = boto3.client("lambda", region_name="eu-west-1", endpoint_url=os.environ["ORIGIN"],
    config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=10))
for step in json.load(sys.stdin):
    try:
        answer = client.invoke(**step)
        said.append([answer["StatusCode"], answer.get("ExecutedVersion"), answer.get("FunctionError"), answer["Payload"].read().decode()])
    except ClientError as error:
        said.append([error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"], error.response["Error"]["Message"]])
print(json.dumps(said))
`;

describe.skipIf(python === null)("boto3 at the lab's Lambda", () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveApp(makeApp("orders-direct"));
  });
  afterAll(() => served.stop());

  async function invoke(steps: readonly object[], secret = credentials.secretAccessKey): Promise<unknown> {
    const ended = await runProgram(python ?? "", ["-c", script], JSON.stringify(steps), {
      ORIGIN: served.origin,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_EC2_METADATA_DISABLED: "true",
    });
    if (ended.code !== 0) throw new Error(ended.stderr);
    return JSON.parse(ended.stdout);
  }

  test("invokes, asks dry, sends events, sees errors and reads refusals", async () => {
    const said = await invoke([
      { FunctionName: "orders:live", Payload: '{"order":1}' },
      { FunctionName: "orders", Qualifier: "7", InvocationType: "DryRun" },
      { FunctionName: "orders", InvocationType: "Event", Payload: "{}" },
      { FunctionName: "orders", Payload: '{"error":"broken"}' },
      { FunctionName: "orders:next" },
      { FunctionName: "billing" },
    ]);
    expect(said).toEqual([
      [200, "7", null, '{"order":1}'],
      [204, null, null, ""],
      [202, null, null, ""],
      [200, "$LATEST", "Unhandled", '{"errorType":"Error","errorMessage":"broken"}'],
      [404, "ResourceNotFoundException", expect.stringMatching(/^Function not found: arn:aws:lambda:.*:orders:next$/)],
      [403, "AccessDeniedException", expect.stringContaining("because no VPC endpoint policy allows")],
    ]);
  }, 60_000);

  test("is refused with a wrong secret", async () => {
    expect(await invoke([{ FunctionName: "orders" }], "another")).toEqual([
      [403, "InvalidSignatureException", expect.stringContaining("The request signature we calculated does not match")],
    ]);
  }, 60_000);
});
