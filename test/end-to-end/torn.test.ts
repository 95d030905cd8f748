import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { judgeAgain } from "#node/cli/judge-again.ts";
import { runCli } from "../support/cli.ts";
import { numbersFrom } from "../support/killing.ts";

const scratch = mkdtempSync(join(tmpdir(), "pathproof-torn-test-"));
const commands: Readonly<Record<string, readonly string[]>> = {
  check: ["check", "here"],
  keepalive: ["keepalive", "here", "--max-idle", "500ms", "--max-requests", "5"],
  run: ["run", "load"],
  compare: ["compare", "here", "there", "--rate", "50/s", "--duration", "3s", "--block", "250ms"],
};

/** Each command's observations, made by the program itself against a server on loopback. */
beforeAll(async () => {
  const server = createServer((_, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const target = `{ kind: http, url: "http://127.0.0.1:${address.port}", auth: none }`;
  const load = "{ engine: node, targets: [here, there], rate: 100/s, duration: 2s, thresholds: ['p99 < 10s'] }";
  const config = join(scratch, "pathproof.yaml");
  writeFileSync(config, `version: 1\ntargets: { here: ${target}, there: ${target} }\nloads: { load: ${load} }\n`);
  const made = Object.entries(commands).map(async ([name, words]) => {
    const { code, stderr } = await runCli([...words, "-c", config, "--quiet", "--yes", "--out", join(scratch, name)]);
    expect([0, 1, 4], stderr).toContain(code);
  });
  await Promise.all(made);
  server.closeAllConnections();
  server.close();
});
afterAll(() => rmSync(scratch, { recursive: true }));

const observationsOf = (name: string): string => readFileSync(join(scratch, name, "observations.ndjson"), "utf8");

interface Judged {
  readonly report: RunReport;
  readonly leftOut: readonly (readonly [line: number, problem: string])[];
}

function judge(text: string): Judged {
  const leftOut: (readonly [number, string])[] = [];
  const report = judgeAgain(text, "observations.ndjson", (line, problem) => leftOut.push([line, problem]));
  return { report, leftOut };
}

const cutOff = "it was cut off while it was being written";

describe.each(Object.keys(commands))("what %s observed", (name) => {
  test("is read wherever it ends, without the line that was being written", { timeout: 120_000 }, () => {
    const text = observationsOf(name);
    const lineEnds = [...text].flatMap((letter, at) => (letter === "\n" ? [at + 1] : []));
    const [first = 0] = lineEnds;
    const last = lineEnds.at(-2) ?? 0;
    const next = numbersFrom(text.length);
    // Round each line's end, all through the last line, and anywhere.
    const ends = new Set(lineEnds.slice(0, 40).flatMap((end) => [end - 1, end, end + 1]));
    for (let at = last; at < text.length - 1; at += 7) ends.add(at);
    for (let count = 0; count < 60; count++) ends.add(Math.floor(first + next() * (text.length - first)));
    for (const end of [...ends].filter((one) => one >= first && one < text.length - 1)) {
      const { report, leftOut } = judge(text.slice(0, end));
      const whole = text.slice(0, end).split("\n").length;
      // A whole line that lacks nothing but its end is no less whole.
      const torn = !lineEnds.includes(end) && !lineEnds.includes(end + 1);
      expect([end, leftOut]).toEqual([end, torn ? [[whole, cutOff]] : []]);
      expect(report.interrupted).toBe(true);
      expect(report.verdict).not.toBe("pass");
      expect(exitCode(report)).toBe(130);
    }
  });

  test("is read without a line that a crash has turned into zeros", { timeout: 60_000 }, () => {
    const lines = observationsOf(name).trimEnd().split("\n");
    const middle = Math.floor(lines.length / 2);
    const zeros = (at: number): string =>
      lines.map((line, index) => `${index === at ? "\0".repeat(line.length) : line}\n`).join("");
    const { report, leftOut } = judge(zeros(middle));
    expect(leftOut.map(([line]) => line)).toEqual([middle + 1]);
    expect(report.interrupted).toBe(false);
    // The end is not known where its line is lost.
    const endless = judge(zeros(lines.length - 1).trimEnd());
    expect(endless.report.interrupted).toBe(true);
    expect(endless.leftOut.map(([line]) => line)).toEqual([lines.length]);
  });

  test("is no run without its first line, and that is said in one sentence", async () => {
    const folder = join(scratch, `${name}-headless`);
    const text = observationsOf(name);
    for (const rest of ["", text.slice(0, 100), text.slice(text.indexOf("\n") + 1)]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      writeFileSync(join(folder, "observations.ndjson"), rest);
      const { code, stdout, stderr } = await runCli(["report", folder]);
      expect([code, stdout, stderr.split("\n").length]).toEqual([2, "", 2]);
      expect(stderr).toMatch(/no run of pathproof|does not begin a run of pathproof/);
    }
  });
});
