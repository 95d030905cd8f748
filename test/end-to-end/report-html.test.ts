import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { html } from "#core/reporters/html.ts";
import type { ReportedCheck, RunReport } from "#core/reporters/run-report.ts";
import { threeDigits } from "#core/reporters/show-number.ts";
import { hostileAccessReport, makeAccessReport } from "../support/access-report.ts";
import { acrossReport, comparableRun, hostileAcrossReport, makeAcrossReport } from "../support/across-report.ts";
import { hostileCompareReport, makeCompareReport, makeComparison } from "../support/compare-report.ts";
import { assembledDay, dayOfTwelve } from "../support/day-report.ts";
import { hostileHistory, makeHistory } from "../support/history-runs.ts";
import { hostileKeepaliveReport, keepaliveReport } from "../support/keepalive-report.ts";
import { loadOfThirty, yearOfTwelve } from "../support/large-reports.ts";
import {
  briefLoadReport,
  dayReport,
  deadLoad,
  hostileLoadReport,
  makeLoadReport,
  saturatedReport,
} from "../support/load-report.ts";
import { failedCheck, hostileReport, makeCheck, makeReport } from "../support/report.ts";
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

/** What half of them say alike and one in six by itself; each with times of its own, one in three without any. */
function manyCheck(target: string, index: number, column: number): ReportedCheck {
  const own = column % 6 === 5;
  const skipped = (index + column) % 3 === 2;
  const says = `request ${column} was answered 403, as it should be: the request is signed for another service`;
  return makeCheck({
    target,
    check: `statement-${column}`,
    group: `group-${column % 6}`,
    title: `A request of kind ${column} is refused`,
    verdict: skipped ? "skipped" : "pass",
    summary: skipped ? "does not apply: it is asked with a signature (`auth: iam`)" : own ? `${target}: ${says}` : says,
    measures: skipped
      ? {}
      : { serviceMs: 12.345 + index / 1000 + column, status: 403, refusedAs: "auth-wrong-service" },
  });
}

/** As many targets as a fleet has, every third of them in the same trouble. */
const manyReport = (count = 200): RunReport => {
  const targets = Array.from({ length: count }, (_, index) => ({
    id: `orders-${index}`,
    kind: "lattice",
    origin: `https://orders-${index}.example.internal`,
    auth: "iam" as const,
  }));
  const checks = targets.flatMap(({ id }, index) => [
    ...Array.from({ length: 27 }, (_, column) => manyCheck(id, index, column)),
    index % 3 === 1 ? failedCheck({ target: id }) : makeCheck({ target: id, check: "signed-is-answered" }),
  ]);
  return makeReport({ targets, checks });
};

/** Ended before a target had answered anything. */
const emptyComparison = (): RunReport => {
  const whole = makeComparison();
  const unknown = { deltaMs: null, lowMs: null, highMs: null, smallestVisibleMs: null, roundsNeeded: null } as const;
  return makeCompareReport({
    comparison: makeComparison({
      pilot: null,
      pairs: whole.pairs.map((pair) => ({ ...pair, ...unknown, verdict: "inconclusive" })),
      targets: whole.targets.map((target) => ({
        ...{ ...target, latencyMs: null, responseMs: null, curve: [] },
        quantiles: target.quantiles.map(({ quantile }) => ({ quantile, valueMs: null, lowMs: null, highMs: null })),
      })),
      blocks: [],
      cost: [],
    }),
  });
};

/** Everything that a stalled machine may need on top. */
const openWithinMs = 5000;

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
    options: { width: number; colorScheme: "light" | "dark"; javaScript?: boolean; ownPolicy?: boolean },
  ) {
    const file = join(folder, `report-${Math.abs(hash(JSON.stringify(report)))}.html`);
    writeFileSync(file, html.render(report));
    const context = await browser.newContext({
      viewport: { width: options.width, height: 900 },
      colorScheme: options.colorScheme,
      javaScriptEnabled: options.javaScript ?? true,
      bypassCSP: options.ownPolicy !== true,
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
  const unfold = (page: Page): Promise<void> =>
    page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
  const overflows = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

  test.each([
    ["a failed run", makeReport()],
    ["a wide run", wideReport()],
    ["hostile text", hostileReport()],
    ["two hundred targets", manyReport()],
    ["who may do what", makeAccessReport()],
    ["who may do what, with hostile text", hostileAccessReport()],
    ["a load", makeLoadReport()],
    ["a load of a day", dayReport()],
    ["a load of a saturated generator", saturatedReport()],
    ["a load without an answer", makeLoadReport({ loads: [deadLoad()] })],
    ["a load with hostile text", hostileLoadReport()],
    ["a comparison", makeCompareReport()],
    ["a measurement of connections", keepaliveReport()],
    ["a measurement of connections with hostile text", hostileKeepaliveReport()],
    ["saved runs side by side", makeAcrossReport()],
    ["saved runs with hostile text", hostileAcrossReport()],
    ["a comparison of nothing", emptyComparison()],
    ["a comparison with hostile text", hostileCompareReport()],
    ["runs over time", makeHistory()],
    ["runs over time with hostile text", hostileHistory()],
    ["thirty targets under one load", loadOfThirty()],
  ])("%s fits 380 px and 1600 px, complains of nothing and asks the network for nothing", async (_, report) => {
    for (const width of [380, 1600]) {
      const { page, complaints, requests, context } = await open(report, { width, colorScheme: "light" });
      expect(await overflows(page)).toBe(false);
      await unfold(page);
      expect(await overflows(page)).toBe(false);
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith("file:"))).toEqual([]);
      expect(await page.title()).toBe(`pathproof ${report.command}: ${report.verdict}`);
      await context.close();
    }
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing to object to in %s",
    { timeout: 120_000 },
    async (colorScheme) => {
      for (const report of [
        makeReport(),
        wideReport(),
        makeAccessReport(),
        briefLoadReport(),
        saturatedReport(),
        makeCompareReport(),
        keepaliveReport(),
        manyReport(24),
        makeAcrossReport(),
        makeHistory(),
      ]) {
        const { page, context } = await open(report, { width: 1200, colorScheme });
        await unfold(page);
        await page.evaluate(axe);
        const violations: unknown = await page.evaluate(
          "axe.run().then(({violations}) => violations.map(({id, nodes}) => [id, nodes.map(({html}) => html.slice(0, 200))]))",
        );
        expect(violations).toEqual([]);
        await context.close();
      }
    },
  );

  test("it is whole without JavaScript", async () => {
    const { page, context } = await open(makeReport(), { width: 1200, colorScheme: "light", javaScript: false });
    expect(await page.locator("article.card").count()).toBe(2);
    expect(await page.locator("table.matrix tbody tr").count()).toBe(2);
    await context.close();
  });

  test("who may do what is whole without JavaScript, names in one piece on a telephone, reasons a key away", async () => {
    const { page, context } = await open(makeAccessReport(), { width: 380, colorScheme: "dark", javaScript: false });
    const table = page.locator("table.auth").first();
    expect(await table.locator("tbody tr").count()).toBe(5);
    const names = await table.locator("tbody th").evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return [cell.textContent ?? "", range.getClientRects().length] as const;
      }),
    );
    expect(names.filter(([name]) => name.length < 12).map(([, lines]) => lines)).toEqual([1, 1, 1, 1]);
    const reason = table.locator("details").first();
    expect(await reason.locator("small").isVisible()).toBe(false);
    await reason.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await reason.locator("small").isVisible()).toBe(true);
    expect(await page.locator("ul.troubles li").allTextContents()).toEqual([
      "✗ a-principal-whose-name-is-long-enough-to-be-broken, list, create, a-request-with-a-name-of-its-own, export, admin: was refused by an explicit deny in the identity policy and not by the Lattice service's policy",
      "? auditor, list, create, a-request-with-a-name-of-its-own, export, admin: was not asked, for want of credentials: AUDITOR_ACCESS_KEY_ID is not set",
    ]);
    await context.close();
  });

  test("a load is whole without JavaScript: every chart drawn, every chart with its table", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light", javaScript: false });
    expect(await page.locator("figure").count()).toBe(10);
    expect(await page.locator("figure .plot svg[role=img][aria-label]:visible").count()).toBe(16);
    expect(
      await page
        .locator("figure")
        .filter({ has: page.locator("table tbody tr") })
        .count(),
    ).toBe(10);
    await context.close();
  });

  test("a comparison is whole without JavaScript: a panel a quantile, a lane a pair, the margin, every chart with its table", async () => {
    const { page, context } = await open(makeCompareReport(), { width: 1200, colorScheme: "light", javaScript: false });
    expect(await page.locator(".plot.lanes[role=img][aria-label]").count()).toBe(6);
    expect(await page.locator(".lane").count()).toBe(18);
    expect(await page.locator(".lanes .zone").count()).toBe(6);
    expect(await page.locator("figure").count()).toBe(8);
    expect(
      await page
        .locator("figure")
        .filter({ has: page.locator("details.data table tbody tr") })
        .count(),
    ).toBe(8);
    expect(await page.locator("#on-reused ~ ul.sentences li").allTextContents()).toEqual([
      "◀ Fasterorders-direct is 1.19 ms faster than orders-lattice at p50 (1.09 to 1.28 ms), 1.18 ms faster at p90 (0.93 to 1.43 ms), undecided at p99 (−1.81 to 0.46 ms).",
      "◀ Fasterorders-direct is 1.22 ms faster than orders-alb at p50 (1.10 to 1.34 ms), 1.16 ms faster at p90 (0.72 to 1.59 ms), undecided at p99 (−1.34 to 0.51 ms).",
      "≈ Alikeorders-lattice is equivalent to orders-alb at p50 (−0.13 to 0.07 ms), equivalent at p90 (−0.35 to 0.40 ms), undecided at p99 (−1.29 to 1.81 ms).",
    ]);
    await context.close();
  });

  test("saved runs are whole without JavaScript: a panel a quantile, a line a run, every chart with its table", async () => {
    const before = ["b1", "b2", "b3"].map((name, index) => comparableRun(name, [1, 4, 5][index] ?? 0, 10 + index));
    const after = ["a1", "a2", "a3"].map((name, index) => comparableRun(name, [2, 3, 6][index] ?? 0, 12 + index));
    const sides = [
      { name: "b", runs: before },
      { name: "a", runs: after },
    ] as const;
    const { page, context } = await open(acrossReport(sides, 1), {
      width: 1200,
      colorScheme: "light",
      javaScript: false,
    });
    const section = page.locator("section[aria-labelledby=across]");
    expect(await section.locator(".plot.lanes[role=img][aria-label]").count()).toBe(3);
    expect(await section.locator(".lane .mark.slower").count()).toBe(3);
    expect(await section.locator(".lane .whisker.slower").count()).toBe(3);
    expect(await section.locator(".shown-1 .plot.tall .line").count()).toBe(6);
    expect(await section.locator("figure").count()).toBe(3);
    expect(await section.locator("figure details.data table tbody").count()).toBe(3);
    expect(await section.locator("figure details.data").first().locator("tbody tr").allTextContents()).toEqual([
      expect.stringMatching(/^a − bp50.*slower/),
      expect.stringMatching(/^a − bp90.*slower/),
      expect.stringMatching(/^a − bp99.*slower/),
    ]);
    await context.close();
  });

  test("the scale of a chart changes by keyboard, without JavaScript", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light", javaScript: false });
    const chart = page
      .locator("figure")
      .filter({ has: page.locator(".views") })
      .first();
    expect(await chart.locator(".shown-1").isVisible()).toBe(true);
    expect(await chart.locator(".shown-2").isVisible()).toBe(false);
    await chart.locator("input").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await chart.locator(".shown-1").isVisible()).toBe(false);
    expect(await chart.locator(".shown-2").isVisible()).toBe(true);
    await context.close();
  });

  test("only the targets in trouble stay when asked for, without JavaScript", async () => {
    const { page, context } = await open(manyReport(), { width: 1200, colorScheme: "light", javaScript: false });
    const rows = page.locator("section[aria-labelledby=matrix] tbody tr:visible");
    expect(await rows.count()).toBe(200);
    await page.locator(".only-trouble").focus();
    await page.keyboard.press("Space");
    expect(await rows.count()).toBe(67);
    await context.close();
  });

  test("a cell in trouble leads to what was found, opened", async () => {
    const { page, context } = await open(makeReport(), { width: 1200, colorScheme: "light", javaScript: false });
    await page.locator("table.matrix td a").first().focus();
    await page.keyboard.press("Enter");
    const row = page.locator("tr:target");
    expect(await row.textContent()).toMatch(/refused with 403/);
    expect(await row.isVisible()).toBe(true);
    await context.close();
  });

  test("lines of a load lie inside their plots, and differ by more than colour", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light" });
    const plots = await page.locator(".plot").evaluateAll((nodes) =>
      nodes.map((node) => {
        const room = node.getBoundingClientRect();
        const lines = [...node.querySelectorAll("path:not(.grid)")].map((path) => path.getBoundingClientRect());
        return lines.every(
          ({ left, right, top, bottom }) =>
            left >= room.left - 6 && right <= room.right + 6 && top >= room.top - 6 && bottom <= room.bottom + 6,
        );
      }),
    );
    expect(plots).toEqual(plots.map(() => true));
    const dashes = await page
      .locator("figure")
      .first()
      .locator(".shown-1 .plot .line")
      .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).strokeDasharray));
    expect(new Set(dashes).size).toBe(dashes.length);
    expect(dashes.length).toBe(2);
    await context.close();
  });

  test.each([380, 1600])("words on the axes of a load do not run into each other at %d px", async (width) => {
    for (const report of [makeLoadReport(), dayReport()]) {
      const { page, context } = await open(report, { width, colorScheme: "light" });
      const collisions = await page.locator(".plot").evaluateAll((plots) =>
        plots.flatMap((plot) => {
          const boxes = [...plot.querySelectorAll("span.x, span.y")]
            .map((span) => ({ words: span.textContent, box: span.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0);
          return boxes.flatMap((one, index) =>
            boxes
              .slice(index + 1)
              .filter(
                ({ box }) =>
                  one.box.left < box.right &&
                  box.left < one.box.right &&
                  one.box.top < box.bottom &&
                  box.top < one.box.bottom,
              )
              .map(({ words }) => `${one.words} on ${words}`),
          );
        }),
      );
      expect(collisions).toEqual([]);
      await context.close();
    }
  });

  test("a pointer on a chart is told the numbers under it, without JavaScript where the table has fewer", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light", javaScript: false });
    const byPercentile = page.locator("figure").filter({ hasText: "by percentile" }).first();
    await byPercentile.scrollIntoViewIfNeeded();
    const box = await byPercentile.locator(".hits").boundingBox();
    const told = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y)?.querySelector("title")?.textContent ?? "nothing",
      [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 20] as const,
    );
    expect(told).toMatch(/^p99\.5: orders-lattice [\d.]+ ms, orders-alb [\d.]+ ms$/);
    await context.close();
  });

  test("over time a strip is told by its row of the table, however that is sorted", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light" });
    const overTime = page.locator("figure").filter({ hasText: "Over time" }).first();
    const row = overTime.locator(".data tbody tr").nth(9);
    const cells = await row.locator("th, td").allTextContents();
    await overTime.locator(".data summary").click();
    await overTime.locator(".data th button", { hasText: "p99 ms" }).click();
    await overTime.locator(".readout").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowLeft");
    const told = (await overTime.locator(".readout").textContent()) ?? "";
    expect(cells[0]).toBe("0:09");
    expect(told.split(" · ").map((part, index) => part.split(" ").at(index === 0 ? 0 : -1))).toEqual(cells);
    await context.close();
  });

  test("under its own policy the page's script runs, and no other", async () => {
    const options = { width: 1200, colorScheme: "light", ownPolicy: true } as const;
    const { page, complaints, context } = await open(hostileLoadReport(), options);
    expect(await page.locator(".readout").count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.evaluate(() => {
      const other = document.createElement("script");
      other.textContent = "document.title = 'owned'";
      document.body.append(other);
    });
    expect(await page.title()).toBe("pathproof run: fail");
    await context.close();
  });

  test("a chart is read with the arrow keys, and says the same as under the pointer", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light" });
    const overTime = page.locator("figure").filter({ hasText: "Over time" }).first();
    const readout = overTime.locator(".readout");
    await readout.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowLeft");
    expect(await readout.textContent()).toMatch(/^0:09 · Requests \d+ · Requests\/s /);
    expect(await readout.getAttribute("aria-valuenow")).toBe("9");
    expect(await overTime.locator(".hits .here").count()).toBe(1);
    await overTime.locator(".hits").scrollIntoViewIfNeeded();
    const box = await overTime.locator(".hits").boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 20);
    expect(await readout.textContent()).toMatch(/^2:(?:29|30) · /);
    await context.close();
  });

  test("a table sorts by number, by clock and by verdict, and goes back to how it was", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light" });
    const column = (table: string, index: number) => page.locator(`${table} tbody tr > :nth-child(${index})`);
    const overview = "table.overview";
    await page.locator(`${overview} th button`, { hasText: "p99" }).first().click();
    expect(await column(overview, 7).allTextContents()).toEqual(["25.9", "59.5"]);
    await page.locator(`${overview} th button`, { hasText: "p99" }).first().click();
    expect(await column(overview, 7).allTextContents()).toEqual(["59.5", "25.9"]);
    expect(await page.locator(`${overview} th[aria-sort=descending]`).count()).toBe(1);
    await page.locator(`${overview} th button`, { hasText: "p99" }).first().press("Enter");
    expect(await column(overview, 7).allTextContents()).toEqual(["25.9", "59.5"]);
    const rules = page.locator("table.rules");
    await rules.locator("th button").nth(1).click();
    expect(await rules.locator("tbody tr th").allTextContents()).toEqual(["orders-alb", "orders-lattice"]);
    await context.close();
  });

  test("the keyboard reaches everything that can be pressed, in the order of the page, and sees where it is", async () => {
    const { page, context } = await open(makeReport(), { width: 1200, colorScheme: "light" });
    const reachable = await page
      .locator("a, summary, button, input, [tabindex='0']")
      .evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility({ contentVisibilityAuto: true })).length);
    const seen: string[] = [];
    for (let count = 0; count < reachable; count++) {
      await page.keyboard.press("Tab");
      seen.push(
        await page.evaluate(() => {
          const { activeElement } = document;
          if (activeElement === null || activeElement === document.body) return "nothing";
          const ring = getComputedStyle(activeElement).outlineStyle;
          return `${activeElement.tagName} ${activeElement.textContent?.slice(0, 30)} ${ring}`;
        }),
      );
    }
    expect(seen.filter((what) => what === "nothing" || what.endsWith(" none"))).toEqual([]);
    expect(seen[0]).toBe("A Skip to the findings solid");
    await context.close();
  });

  test("the table under a chart opens by keyboard", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 1200, colorScheme: "light" });
    const table = page.locator("details.data").first();
    await table.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await table.locator("tbody tr").first().isVisible()).toBe(true);
    expect(await table.locator("tbody tr").first().textContent()).toMatch(/^fastest/);
    await context.close();
  });

  test("a day at twelve targets, from the samples on, and 28 checks of two hundred are less than 500 KB each and open at once", async () => {
    const day = dayOfTwelve();
    expect(day.loads[0]?.seconds.length).toBeGreaterThan(2000);
    for (const report of [assembledDay(), dayReport(), day, manyReport()])
      expect(Buffer.byteLength(html.render(report))).toBeLessThan(500_000);
    for (const report of [day, manyReport(), yearOfTwelve()]) {
      const { page, context } = await open(report, { width: 1200, colorScheme: "light" });
      const openedMs = await page.evaluate(() => performance.now());
      expect(openedMs).toBeLessThan(openWithinMs);
      await context.close();
    }
  });

  test("of two hundred targets every time is there, every sentence once, and who came to the same, without JavaScript", async () => {
    const report = manyReport();
    const { page, context } = await open(report, { width: 1200, colorScheme: "light", javaScript: false });
    const rows = page.locator("section[aria-labelledby=times] tbody tr");
    expect(await rows.count()).toBe(200);
    const shown = (await rows.allTextContents()).join(" ");
    const times = report.checks.flatMap(({ measures }) =>
      typeof measures["serviceMs"] === "number" ? [threeDigits(measures["serviceMs"])] : [],
    );
    expect(times.filter((time) => !shown.includes(time))).toEqual([]);
    const said = (await page.locator("section[aria-labelledby=checks] details").allTextContents()).join("\n");
    expect(said.split("request 0 was answered 403").length).toBe(2);
    expect(await page.locator("section[aria-labelledby=checks] details").count()).toBe(28);
    expect(await page.locator("section[aria-labelledby=targets] details").count()).toBe(3);
    expect(await page.locator("section[aria-labelledby=targets] tr[id^=target-]").count()).toBe(200);
    await context.close();
  });

  test.each([
    ["one target in trouble", makeReport()],
    ["two hundred targets", manyReport()],
  ])("how signatures were met needs no scrolling at 1280 px: %s", async (_, report) => {
    const asked = { check: "unsigned-is-refused", group: "auth", measures: { status: 403, refusedAs: "auth-missing" } };
    const checks = report.targets.map(({ id }) => makeCheck({ target: id, ...asked }));
    const { page, context } = await open(
      { ...report, checks: [...report.checks.filter(({ check }) => check !== asked.check), ...checks] },
      { width: 1280, colorScheme: "light" },
    );
    const region = page.locator("section[aria-labelledby=signatures] .scroll");
    expect(await region.locator("tbody tr").count()).toBe(2);
    expect(await region.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
    expect(await region.textContent()).toMatch(/unsigned✓ refused with 403 for its signature auth-missing all \d+/);
    await context.close();
  });

  test("on paper nothing is cut off and no chart is lost", async () => {
    const { page, context } = await open(makeLoadReport(), { width: 760, colorScheme: "light" });
    await page.emulateMedia({ media: "print" });
    expect(await overflows(page)).toBe(false);
    const heights = await page
      .locator(".plot:not(.lanes) svg:visible")
      .evaluateAll((plots) => plots.map((plot) => plot.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThan(30);
    await context.close();
  });

  test("the same trouble at many targets is told once, and the targets in trouble come first", async () => {
    const { page, context } = await open(manyReport(), { width: 1200, colorScheme: "light" });
    expect(await page.locator("article.card").count()).toBe(1);
    expect(await page.locator("article.card .chip").allTextContents()).toEqual(["orders-1 and 66 others"]);
    const names = await page.locator("section[aria-labelledby=matrix] tbody th a").allTextContents();
    expect(names.slice(0, 2)).toEqual(["orders-1", "orders-4"]);
    expect(names.length).toBe(200);
    await context.close();
  });

  test("the head of a long matrix stays in sight while its rows scroll", async () => {
    const { page, context } = await open(manyReport(), { width: 1200, colorScheme: "light" });
    const head = page.locator("section[aria-labelledby=matrix] thead");
    await page.locator("section[aria-labelledby=matrix] .scroll.many").evaluate((region) => {
      region.scrollIntoView();
      region.scrollTop = 3000;
    });
    const top = (await head.boundingBox())?.y ?? -1;
    const regionTop = (await page.locator("section[aria-labelledby=matrix] .scroll.many").boundingBox())?.y ?? -1;
    expect(Math.abs(top - regionTop)).toBeLessThan(3);
    await context.close();
  });
});
