import { afterEach, describe, expect, test } from "vitest";
import { credentials, labTarget, makeApp } from "../../../support/lab-app.ts";
import { runProgram } from "../../../support/run-program.ts";
import { type Served, serveApp } from "../../../support/serve-app.ts";
import { findTool } from "../../../support/tools.ts";

const curl = findTool("curl");
const running: Served[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.stop()));
});

interface Call {
  readonly id: string;
  readonly host: string;
  readonly path: string;
  readonly service: string;
  readonly more?: readonly string[];
  readonly secret?: string;
}

/** Status and body. What is secret goes in by stdin: argv is for everyone to read. */
async function call({ id, host, path, service, more = [], secret = credentials.secretAccessKey }: Call) {
  const served = await serveApp(makeApp(id));
  running.push(served);
  const ended = await runProgram(
    curl ?? "",
    [
      "--silent",
      "--show-error",
      "--max-time",
      "10",
      "--noproxy",
      "*",
      "--config",
      "-",
      "--write-out",
      "\n%{http_code}",
    ],
    [
      `url = "http://${host}:${served.port}${path}"`,
      `resolve = "${host}:${served.port}:127.0.0.1"`,
      `aws-sigv4 = "aws:amz:eu-west-1:${service}"`,
      `user = "${credentials.accessKeyId}:${secret}"`,
      `header = "x-amz-security-token: ${credentials.sessionToken}"`,
      ...more,
    ].join("\n"),
  );
  if (ended.code !== 0) throw new Error(ended.stderr);
  const lines = ended.stdout.split("\n");
  return { status: Number(lines.at(-1)), body: lines.slice(0, -1).join("\n") };
}

const api = { id: "orders-api", host: "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", service: "execute-api" };
const lambda = { id: "orders-direct", host: labTarget("orders-direct").hostname, service: "lambda" };
const lattice = {
  id: "orders-lattice-http",
  host: labTarget("orders-lattice-http").hostname,
  service: "vpc-lattice-svcs",
};

describe.skipIf(curl === null)("curl --aws-sigv4 at the lab", () => {
  test("is let in by the API", async () => {
    const { status, body } = await call({ ...api, path: "/prod/orders/1?a=1" });
    expect([status, JSON.parse(body)]).toEqual([200, expect.objectContaining({ path: "/orders/1" })]);
  });

  test("is refused by the API with a wrong secret", async () => {
    const { status, body } = await call({ ...api, path: "/prod/orders/1", secret: "another" });
    expect([status, body]).toEqual([
      403,
      expect.stringContaining("The request signature we calculated does not match"),
    ]);
  });

  test("invokes a function", async () => {
    const more = ['data = "{\\"order\\":1}"', 'header = "content-type: application/json"'];
    const path = "/2015-03-31/functions/orders/invocations";
    expect(await call({ ...lambda, path, more })).toEqual({ status: 200, body: '{"order":1}' });
  });

  test("is let in by Lattice when it leaves the payload unsigned", async () => {
    const more = ['header = "x-amz-content-sha256: UNSIGNED-PAYLOAD"'];
    const { status, body } = await call({ ...lattice, path: "/orders/1", more });
    expect([status, JSON.parse(body)]).toEqual([200, expect.objectContaining({ raw_path: "/orders/1" })]);
  });

  test("is told by Lattice that it must not sign the payload", async () => {
    expect(await call({ ...lattice, path: "/orders/1" })).toEqual({
      status: 403,
      body: "InvalidSignatureException: Signed payloads are not supported",
    });
  });
});
