import { describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "made-up" };

async function signed(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ended = await runCli(["sign", ...words, "--json"], { env: { ...keys, ...env } });
  const { method = "", headers = {} } = ended.code === 0 ? JSON.parse(ended.stdout) : {};
  return { ...ended, method, scope: /Credential=[^/]+\/\d+\/([^,]+)\/aws4_request/.exec(headers.authorization)?.[1] };
}

describe("a signature for a URL", () => {
  test.for([
    ["https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod/orders", "eu-west-1/execute-api"],
    ["https://svc-0abc.7d67968.vpc-lattice-svcs.eu-west-1.on.aws", "eu-west-1/vpc-lattice-svcs"],
    ["https://vpce-0a4b-k3x9.lambda.cn-north-1.vpce.amazonaws.com.cn/x", "cn-north-1/lambda"],
  ] as const)("is for the service and Region that AWS's own name says: %s", async ([url, scope]) => {
    expect(await signed(["--url", url], { AWS_REGION: "us-east-1" })).toMatchObject({ code: 0, stderr: "", scope });
  });

  test("is for those of options and environment where the name says nothing, and a body makes it a POST", async () => {
    const words = ["--url", "https://orders.example.internal/", "--service", "lambda", "--body", "{}"];
    const found = await signed(words, { AWS_DEFAULT_REGION: "eu-central-1" });
    expect(found).toMatchObject({ code: 0, method: "POST", scope: "eu-central-1/lambda" });
  });

  test("says where option and name differ, and signs as the option says", async () => {
    const url = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/";
    const found = await signed(["--url", url, "--region", "us-east-1"]);
    expect(found.scope).toBe("us-east-1/execute-api");
    expect(found.stderr).toContain("is a name of execute-api in eu-west-1, which will refuse it");
  });

  test.for([
    [
      ["--url", "https://orders.example.internal/"],
      "does not say for which service: --service (lambda, execute-api, vpc-lattice-svcs), and for which Region: --region, or AWS_REGION\n",
    ],
    [
      ["--url", "https://x-1.eu-west-1.elb.amazonaws.com/"],
      "is a load balancer, which reads no signature; if what stands behind it does, say for which service",
    ],
    [
      ["--url", "https://a.execute-api.eu-west-1.amazonaws.com", "--region", "EU"],
      'expected a Region such as eu-west-1, got "EU"',
    ],
    [
      ["--url", "https://me:secret@orders.example.internal/"],
      'expected https://host/path, got "https://…@orders.example.internal/"',
    ],
    [[], "sign: name a target of the config, or give --url\n"],
  ] as const)("is refused by a sentence that names what is missing: %s", async ([words, says]) => {
    const { code, stderr } = await signed(words);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain("secret");
  });
});
