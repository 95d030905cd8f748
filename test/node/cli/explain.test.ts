import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder, runCli } from "../../support/cli.ts";

const functionArn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const allows = (resource: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Orders", Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: resource },
    ],
  });

const asked = ["--principal", "arn:aws:iam::111122223333:role/reader", "--action", "lambda:InvokeFunction"];
const files = { "endpoint.json": allows(functionArn), "broken.json": "{}" };

const explain = (...words: readonly string[]) =>
  inFolder(async (cwd) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    return runCli(["explain", ...words], { cwd });
  });

describe("explain --policy", () => {
  test.each([
    [functionArn, 0, "endpoint policy ./endpoint.json allows it"],
    [`${functionArn}:live`, 1, "endpoint policy ./endpoint.json does not allow it"],
  ])("of %s ends with %i", async (resource, exit, says) => {
    const { code, stdout, stderr } = await explain(
      ...asked,
      "--resource",
      resource,
      "--policy",
      "endpoint=./endpoint.json",
    );
    expect([code, stderr]).toEqual([exit, ""]);
    expect(stdout.startsWith(says)).toBe(true);
    expect(stdout).toContain('statement 1 "Orders", Allow');
  });

  test("has every statement in JSON", async () => {
    const { stdout } = await explain(
      ...asked,
      "--resource",
      `${functionArn}:live`,
      "--policy",
      "endpoint.json",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      policies: [
        {
          file: "endpoint.json",
          layer: null,
          says: "silent",
          otherForm: { arn: functionArn, says: "allow" },
          statements: [{ statement: 1, sid: "Orders", effect: "Allow", about: "no", why: [{ element: "Resource" }] }],
        },
      ],
      together: null,
    });
  });

  const resource = ["--resource", functionArn];
  const policy = ["--policy", "endpoint.json"];
  test.each([
    [["denied-explicit", ...policy], "a cause's code, or --policy, not both"],
    [[...asked, ...resource], "--policy is missing"],
    [[...asked, ...policy], "--policy wants to know --resource too"],
    [[...asked, ...resource, "--policy", "endpont=endpoint.json"], 'no layer "endpont", did you mean "endpoint"?'],
    [[...asked, ...resource, "--policy", "service=endpoint.json"], "identity, resource, endpoint do"],
    [[...asked, ...resource, "--policy", "gone.json"], "cannot read gone.json: there is no such file or folder"],
    [[...asked, ...resource, "--policy", "broken.json"], "broken.json is no policy that can be evaluated:"],
    [[...asked, ...resource, ...policy, "--context", "aws:SourceVcp=x"], 'there is no condition key "aws:SourceVcp"'],
    [[...asked.slice(2), ...resource, ...policy, "--principal", "reader"], "expected the ARN of a role"],
  ])("%j is told", async (words, says) => {
    const { code, stdout, stderr } = await explain(...words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
