import { createHash } from "node:crypto";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { script, scriptHash } from "#core/reporters/html/script.ts";
import { html } from "#core/reporters/html.ts";
import { hostileAcrossReport } from "../../support/across-report.ts";
import { hostileCompareReport } from "../../support/compare-report.ts";
import { hostileKeepaliveReport } from "../../support/keepalive-report.ts";
import { hostileLoadReport } from "../../support/load-report.ts";
import { hostileReport } from "../../support/report.ts";

describe("the one script of report.html", () => {
  test("is what the page's policy admits, by its hash and by nothing else", () => {
    expect(scriptHash).toBe(`sha256-${createHash("sha256").update(script.markup).digest("base64")}`);
    const policy = /content="(default-src[^"]+)"/.exec(html.render(hostileReport()))?.[1];
    expect(policy).toBe(`default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptHash}'`);
  });

  test("holds to its types, in a browser of today", () => {
    const options: ts.CompilerOptions = {
      ...{ allowJs: true, checkJs: true, noEmit: true, types: [], target: ts.ScriptTarget.ES2022 },
      ...{ strict: true, noImplicitAny: false, lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"] },
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (name, ...rest) =>
      name === "script.js"
        ? ts.createSourceFile(name, script.markup, ts.ScriptTarget.ES2022)
        : getSourceFile(name, ...rest);
    const found = ts.getPreEmitDiagnostics(ts.createProgram(["script.js"], options, host));
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  }, 60_000);

  test("makes nothing of text but text", () => {
    expect(script.markup).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(|<\/|<!--/,
    );
  });

  test.each([
    ["checks", hostileReport()],
    ["loads", hostileLoadReport()],
    ["comparisons", hostileCompareReport()],
    ["connections", hostileKeepaliveReport()],
    ["saved runs", hostileAcrossReport()],
  ])("no text of %s opens, closes or joins it", (_, report) => {
    const page = html.render(report);
    expect(page.match(/<script/gi)).toHaveLength(1);
    expect(page.match(/<\/script/gi)).toHaveLength(1);
    expect(page).toContain(`<script>${script.markup}</script></body></html>`);
    expect(page).not.toMatch(/href="javascript|<img/);
  });
});
