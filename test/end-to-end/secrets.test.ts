import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());

/** Sixty-four hex digits after the word, as `Authorization` and presigned URLs carry them. */
const signature = /Signature=[0-9a-f]{64}/i;

describe.each([
  ["the healthy lab", []],
  // Fronts that echo the canonical request, token and all, in their refusals.
  ["a lab that echoes what was signed", ["--fault", "path-rewritten", "--fault", "host-rewritten@orders-direct"]],
])("a full run against %s", (_, faults) => {
  let lab: RunningLab;
  beforeAll(async () => {
    lab = await startLabProcess(faults);
  });
  afterAll(() => lab?.stop());

  test("leaves no secret key, token or signature in any file or stream", async () => {
    await inFolder(async (folder) => {
      const ended = await runCli(["check", "-c", lab.config, "--out", join(folder, "run")]);
      const texts = [
        ["stdout", ended.stdout],
        ["stderr", ended.stderr],
        ...filesUnder(folder).map((file) => [file, readFileSync(file, "utf8")]),
      ] as const;
      expect(texts.length).toBeGreaterThanOrEqual(7);
      const { AWS_SECRET_ACCESS_KEY: secret = "", AWS_SESSION_TOKEN: token = "" } = lab.env;
      expect(Math.min(secret.length, token.length)).toBeGreaterThan(10);
      for (const [name, text] of texts) {
        expect(text.includes(secret), `${name} holds the secret key`).toBe(false);
        expect(text.includes(token), `${name} holds the session token`).toBe(false);
        expect(text.includes(encodeURIComponent(token)), `${name} holds the session token, encoded`).toBe(false);
        expect(signature.test(text), `${name} holds a signature`).toBe(false);
      }
    });
  });
});
