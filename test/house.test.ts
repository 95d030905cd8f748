import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

// Who may import whom. A rule that no import uses fails too: a wall that nobody leans on is not known to stand.
// "core" in a row means every room of core.
const rooms: Record<string, readonly string[]> = {
  "core/units": [],
  "core/facts": [],
  "core/patterns": ["@eslint-community/regexpp"],
  "core/observations": ["core/units", "core/targets"],
  "core/signing": ["core/observations", "core/targets"],
  "core/targets": ["core/units", "core/facts", "ipaddr.js"],
  "core/policies": ["core/facts", "core/targets", "core/events", "ipaddr.js"],
  "core/events": ["core/targets"],
  "core/causes": ["core/units", "core/facts", "core/observations", "core/targets", "core/policies", "core/patterns"],
  "core/statistics": ["core/units"],
  "core/cost": ["core/units", "core/facts"],
  "core/verdicts": ["core/causes", "core/config", "core/units"],
  "core/checks": [
    "core/units",
    "core/observations",
    "core/targets",
    "core/causes",
    "core/verdicts",
    "core/events",
    "core/policies",
  ],
  "core/advice": ["core/units"],
  "core/keepalive": [
    "core/units",
    "core/facts",
    "core/observations",
    "core/targets",
    "core/causes",
    "core/checks",
    "core/verdicts",
    "core/plan",
    "core/advice",
  ],
  "core/plan": [
    "core/units",
    "core/causes",
    "core/cost",
    "core/config",
    "core/observations",
    "core/targets",
    "core/checks",
    "core/statistics",
    "core/verdicts",
    "core/patterns",
  ],
  "core/foreign": ["core/units", "core/plan", "core/statistics"],
  "core/config": ["core/units", "core/cost", "core/targets", "core/patterns"],
  "core/scenarios": ["core/plan", "core/targets", "core/units"],
  "core/reporters": [
    "core/units",
    "core/cost",
    "core/foreign",
    "core/targets",
    "core/plan",
    "core/statistics",
    "core/verdicts",
    "d3-array",
    "d3-shape",
    "core/checks",
    "core/keepalive",
    "core/advice",
  ],
  "node/files": ["core", "yaml"],
  "node/crypto": ["core", "@aws-crypto/sha256-js", "@aws-sdk/signature-v4"],
  "node/credentials": ["core", "node/crypto", "node/sockets", "@aws-sdk/credential-providers"],
  "node/sockets": ["core"],
  "node/probe": ["core", "node/sockets", "p-limit"],
  "node/lab": ["core", "node/crypto", "dns-packet", "@peculiar/x509", "reflect-metadata", "yaml"],
  "node/foreign": ["core"],
  "node/load": ["core", "esbuild", "acorn"],
  "node/engine": ["core", "node/crypto", "node/sockets"],
  "node/cli": ["core", "node", "commander", "picocolors"],
  k6: ["core", "k6"],
  scenarios: ["k6"],
};

const root = resolve(import.meta.dirname, "..");

const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));

/** `src/core/signing/key.ts` → `core/signing`; `src/core/units.ts` → `core/units`; `src/k6/send.ts` → `k6`. */
function roomOf(file: string): string {
  const path = file.replace(/^src\//, "").replace(/\.ts$/, "");
  const parts = path.split("/");
  return parts[0] === "core" || parts[0] === "node" ? parts.slice(0, 2).join("/") : (parts[0] ?? path);
}

function destination(file: string, specifier: string): string {
  if (specifier.startsWith("#")) return roomOf(`src/${specifier.slice(1)}`);
  if (specifier.startsWith("."))
    return roomOf(
      relative(root, resolve(root, dirname(file), specifier))
        .split(sep)
        .join("/"),
    );
  if (specifier === "k6" || specifier.startsWith("k6/")) return "k6";
  return specifier.startsWith("node:")
    ? "node:"
    : specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
}

/** The rule that lets `from` import `to`, or null. */
function ruleFor(from: string, to: string): string | null {
  if (from === to) return from;
  if (to === "node:") return from.startsWith("node/") ? "node:" : null;
  return rooms[from]?.find((allowed) => allowed === to || to.startsWith(`${allowed}/`)) ?? null;
}

describe("the house", () => {
  const imports = [...filesUnder("src"), ...filesUnder("scenarios")].flatMap((file) =>
    ts.preProcessFile(readFileSync(join(root, file), "utf8")).importedFiles.map(({ fileName }) => ({
      file,
      specifier: fileName,
      from: roomOf(file),
      to: destination(file, fileName),
    })),
  );

  test("every import keeps to the table of rooms", () => {
    const broken = imports.filter(({ from, to }) => ruleFor(from, to) === null);
    expect(
      broken.map(({ file, specifier, from, to }) => `${file} imports ${specifier}: ${from} may not import ${to}`),
    ).toEqual([]);
  });

  test("rooms are crossed by #core/… and #node/…, never by ../../", () => {
    const climbed = imports.filter(({ specifier, from, to }) => specifier.startsWith("..") && from !== to);
    expect(climbed.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  test("every rule of the table is used", () => {
    const used = new Set(imports.map(({ from, to }) => `${from} → ${ruleFor(from, to)}`));
    const unused = Object.entries(rooms).flatMap(([from, allowed]) =>
      allowed.map((to) => `${from} → ${to}`).filter((rule) => !used.has(rule)),
    );
    expect(unused).toEqual([]);
  });
});
