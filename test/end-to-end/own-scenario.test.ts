import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";

const scratch = mkdtempSync(join(tmpdir(), "pathproof-own-test-"));
let server: Server;
const asked = new Set<string>();

/** One's own `steady`, which asks for something that no config names. */
const script = `
import { iteration, send, workload } from "pathproof/k6";
export const options = workload();
export default iteration(({ target }) => {
  send(target, { ...target.requests[0], path: "/own" });
});
`;

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    asked.add(url ?? "");
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const target = `{ kind: http, url: "http://127.0.0.1:${address.port}", auth: none, request: { path: /theirs } }`;
  const load = "{ targets: [here], rate: 20/s, duration: 1s }";
  writeFileSync(
    join(scratch, "pathproof.yaml"),
    `version: 1\ntargets: { here: ${target}, there: ${target} }\nloads: { load: ${load} }\n`,
  );
  mkdirSync(join(scratch, "scenarios"));
  writeFileSync(join(scratch, "scenarios", "steady.ts"), script);
});
beforeEach(() => asked.clear());
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(scratch, { recursive: true });
});

const compare = ["compare", "here", "there", "--rate", "50/s", "--duration", "3s", "--block", "250ms"];
const notRun = "scenarios/steady.ts is not run: engine node plays the steady that comes along";

describe("a script of one's own with the name of a scenario that comes along", () => {
  test.each([
    ["run", ["run", "load", "--engine", "node"]],
    ["compare", compare],
  ])("is not run by the Node engine, and %s says so", async (_, words) => {
    const { code, stderr } = await runCli([...words, "--quiet"], { cwd: scratch });
    expect([0, 4], stderr).toContain(code);
    expect(stderr.split("\n").filter((line) => line.includes(notRun))).toHaveLength(1);
    expect([...asked]).toEqual(["/theirs"]);
  });

  test.each([
    ["run", ["run", "load", "--engine", "k6"]],
    ["compare", [...compare, "--engine", "k6"]],
  ])("takes its place in k6, in %s", { timeout: k6BuildMs }, async (name, words) => {
    const k6 = await realK6();
    if (k6 === null) return;
    const env = { PATHPROOF_K6: k6.path };
    const { code, stderr } = await runCli([...words, "--quiet"], { cwd: scratch, env });
    expect([0, 4], stderr).toContain(code);
    expect([...asked]).toContain("/own");
    // Whoever says which scenario a load plays knows; in a comparison nobody said any.
    expect(stderr.includes("scenarios/steady.ts is what k6 runs here")).toBe(name === "compare");
  });
});

describe("a script of one's own that says otherwise how much to send", () => {
  const without = script.replace("export const options = workload();", "");
  test.each([
    ["nothing at all is refused", without, 2, /exports? const options = workload\(\)/],
    [
      "less than the load lasts does not pass",
      script.replace("workload()", "{ vus: 1, iterations: 3 }"),
      4,
      /The script's own options had k6 end after/,
    ],
  ])("%s", { timeout: k6BuildMs }, async (_, text, exit, says) => {
    const k6 = await realK6();
    if (k6 === null) return;
    writeFileSync(join(scratch, "scenarios", "steady.ts"), text);
    const words = ["run", "load", "--engine", "k6", "--quiet"];
    const { code, stderr } = await runCli(words, { cwd: scratch, env: { PATHPROOF_K6: k6.path } });
    expect(stderr).toMatch(says);
    expect(code).toBe(exit);
  });
});
