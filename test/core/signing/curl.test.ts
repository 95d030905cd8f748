import { spawn, spawnSync } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curlCommand } from "#core/signing/curl.ts";

describe("curlCommand()", () => {
  test("quotes for the shell and keeps curl from tidying", () => {
    const command = curlCommand({
      method: "POST",
      url: "https://h/a/../b?c=d&e=[1]",
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=K", "x-quote": "it's" },
      body: "{}",
    });
    expect(command).toBe(
      "curl --silent --show-error --include --path-as-is --globoff --request POST " +
        "--header 'authorization: AWS4-HMAC-SHA256 Credential=K' --header 'x-quote: it'\\''s' " +
        "--header content-type: --data-raw '{}' 'https://h/a/../b?c=d&e=[1]'",
    );
  });
});

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl && process.env["CI"] === undefined)
  console.warn("SKIPPED: curl is not installed, so its commands were not tried in a shell");

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

describe.skipIf(!hasCurl && process.env["CI"] === undefined)("a command of curlCommand(), run by a shell", () => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      response.end("ok");
    });
  });
  let origin = "";

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function run(request: Parameters<typeof curlCommand>[0]): Promise<Seen | undefined> {
    seen.length = 0;
    const shell = spawn("sh", ["-c", curlCommand(request)], { stdio: "ignore", timeout: 10_000 });
    const code = await new Promise((resolve) => shell.once("close", resolve));
    expect(code).toBe(0);
    return seen[0];
  }

  test.each([
    ["nothing special", "GET", "/a", {}, null],
    ["a path curl would squash", "GET", "/a/../b//c/./d", {}, null],
    ["brackets and braces", "GET", "/{a}?b[]=[1-3]&c={x,y}", {}, null],
    ["HEAD", "HEAD", "/a", {}, null],
    ["quotes, dollars and backticks", "POST", "/a", { "x-a": 'it\'s $HOME `id` "x" \\n !' }, "it's $HOME `id` \\ % \n"],
    ["a body that looks like a file's name", "PUT", "/a", {}, "@/etc/hostname"],
    ["a body with a NUL byte", "POST", "/a", {}, "a\0b%s\\n'c"],
    ["an empty body", "POST", "/a", {}, ""],
    ["a header that is empty", "GET", "/a", { "x-empty": "" }, null],
    ["another Host", "GET", "/a", { host: "orders.example.internal:8443" }, null],
    ["a content type", "POST", "/a", { "content-type": "application/json" }, "{}"],
  ])("sends %s", async (_, method, path, headers, body) => {
    const got = await run({ method, url: `${origin}${path}`, headers, body });
    expect(got).toMatchObject({ method, url: path, headers, body: body ?? "" });
    if (!("content-type" in headers)) expect(got?.headers["content-type"]).toBeUndefined();
  });
});
