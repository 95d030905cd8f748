import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { html } from "#core/reporters/html.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { hostileReport, makeCheck, makeReport } from "../support/report.ts";
import { findTool } from "../support/tools.ts";

const executablePath = findTool("chromium");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** As wide as a run gets: every column, long names. */
const wideReport = (): RunReport => {
  const targets = Array.from({ length: 12 }, (_, index) => ({
    id: `a-rather-long-target-name-${index}`,
    kind: "lambda-endpoint",
    origin: `https://vpce-0123456789abcdef0-abcdefgh.lambda.eu-west-1.vpce.amazonaws.com:${8443 + index}`,
    auth: "iam" as const,
  }));
  const checks = targets.flatMap(({ id }) =>
    Array.from({ length: 24 }, (_, index) =>
      makeCheck({ target: id, check: `a-statement-that-is-rather-long-${index}`, group: `group-${index % 6}` }),
    ),
  );
  return makeReport({ targets, checks, verdict: "pass" });
};

describe.skipIf(executablePath === null)("report.html in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-html-"));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    report: RunReport,
    options: { width: number; colorScheme: "light" | "dark"; javaScript?: boolean },
  ) {
    const file = join(folder, `report-${Math.abs(hash(JSON.stringify(report)))}.html`);
    writeFileSync(file, html.render(report));
    const context = await browser.newContext({
      viewport: { width: options.width, height: 900 },
      colorScheme: options.colorScheme,
      javaScriptEnabled: options.javaScript ?? true,
      bypassCSP: true,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, requests, context };
  }

  const hash = (text: string): number =>
    [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7);
  const overflows = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

  test.each([
    ["a failed run", makeReport()],
    ["a wide run", wideReport()],
    ["hostile text", hostileReport()],
  ])("%s fits 380 px and 1600 px, complains of nothing and asks the network for nothing", async (_, report) => {
    for (const width of [380, 1600]) {
      const { page, complaints, requests, context } = await open(report, { width, colorScheme: "light" });
      expect(await overflows(page)).toBe(false);
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith("file:"))).toEqual([]);
      expect(await page.title()).toMatch(/^pathproof check/);
      await context.close();
    }
  });

  test.each(["light", "dark"] as const)("axe finds nothing to object to in %s", async (colorScheme) => {
    for (const report of [makeReport(), wideReport()]) {
      const { page, context } = await open(report, { width: 1200, colorScheme });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      await page.evaluate(axe);
      const violations: unknown = await page.evaluate(
        "axe.run().then(({violations}) => violations.map(({id, nodes}) => [id, nodes.map(({html}) => html.slice(0, 200))]))",
      );
      expect(violations).toEqual([]);
      await context.close();
    }
  });

  test("it is whole without JavaScript", async () => {
    const { page, context } = await open(makeReport(), { width: 1200, colorScheme: "light", javaScript: false });
    expect(await page.locator("article.card").count()).toBe(2);
    expect(await page.locator("table.matrix tbody tr").count()).toBe(2);
    await context.close();
  });
});
