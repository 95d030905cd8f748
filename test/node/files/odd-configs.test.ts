import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readConfig } from "#node/files/read-config.ts";

const folder = mkdtempSync(join(tmpdir(), "pathproof-odd-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A target with these further members, in flow style. */
const entry = (id: string, more = ""): string =>
  `  ${id}: { kind: http, url: "http://127.0.0.1:9", auth: none${more} }\n`;
const one = (more: string): string => `version: 1\ntargets:\n${entry("a", more)}`;
const headers = (text: string): string => one(`, request: { headers: { ${text} } }`);
const body = (text: string): string => one(`, request: { body: ${text} }`);
const beside = (text: string): string => `${one("")}${text}\n`;
const load = (name: string): string => `${name}: { engine: node, targets: [a], rate: 1/s, duration: 1s }`;
const once = "each key once";
const noTag = "Unresolved tag";

/** What is said of it, with its line; null: it is taken. */
const odd: readonly (readonly [name: string, text: string, says: string | null])[] = [
  // The same thing twice.
  [
    "a header in two spellings",
    headers("X-A: a, x-a: b"),
    ':3 targets.a.request.headers.x-a: expected each header once, in whatever case: it is "X-A" again',
  ],
  [
    "an expected header in two spellings",
    one(", expect: { headers: { X-A: a, x-A: b } }"),
    ":3 targets.a.expect.headers.x-A: expected each header once",
  ],
  ["a key twice", beside("version: 1"), `:4 expected ${once}, got "version" a second time`],
  ["a target twice", one("") + entry("a"), `:4 expected ${once}, got "a" a second time`],
  [
    "a target in two cases",
    one("") + entry("A"),
    ':4 targets.A: expected a name that differs from "a" in more than its case, got "A"',
  ],
  [
    "a request in two cases",
    one(", requests: { list: {}, List: {} }"),
    ':3 targets.a.requests.List: expected a name that differs from "list"',
  ],
  [
    "a load in two cases",
    beside(`loads: { ${load("l")}, ${load("L")} }`),
    ':4 loads.L: expected a name that differs from "l"',
  ],
  [
    "a target of a load twice",
    beside(`loads: { ${load("l").replace("[a]", "[a, a]")} }`),
    ":4 loads.l.targets[1]: expected each target once",
  ],
  ["a host in capitals", beside("network: { resolve: { A.test: 127.0.0.1 } }"), ":4 network.resolve"],
  // Headers that say something else than they seem to.
  [
    "a line end in a value",
    headers('x-a: "b\\r\\nc: d"'),
    ":3 targets.a.request.headers.x-a: expected a header's value on one line",
  ],
  ["a line end in a name", headers('"x-a\\r\\nb": c'), ":3 targets.a.request.headers"],
  ["a value beyond ASCII", headers('x-a: "\\xe9"'), ":3 targets.a.request.headers.x-a: expected a header's value"],
  ["a value beyond Latin", headers('x-a: "\\u20ac"'), ":3 targets.a.request.headers.x-a: expected a header's value"],
  ["no name", headers('"": b'), ":3 targets.a.request.headers"],
  [
    "a host of its own",
    headers("HOST: other"),
    ":3 targets.a.request.headers.host: expected no host: it follows from the target's url",
  ],
  [
    "a length of its own",
    headers('Content-Length: "5"'),
    ":3 targets.a.request.headers.content-length: expected no content-length",
  ],
  // Quantities.
  ...["-1s", ".5s", "1e3s", "999999999h", "0s", "NaNs", "Infinitys", "0.0000001s", "1 s ", "+1s", "1s1s"].map(
    (text) =>
      [
        `a deadline of ${text}`,
        beside(`deadlines: { dns: "${text}" }`),
        ":4 deadlines.dns: expected a duration",
      ] as const,
  ),
  ["half a second", beside("deadlines: { dns: 0.5s }"), null],
  ...[".nan", ".inf", "-1", "1.5", "99999999999999999999", "1_000"].map(
    (text) =>
      [
        `days of ${text}`,
        one(`, certificateDaysMin: ${text}`),
        ":3 targets.a.certificateDaysMin: expected a whole number",
      ] as const,
  ),
  ["a rate that is no number", beside("compare: { rate: .nan }"), ":4 compare.rate: expected a rate"],
  // YAML's corners.
  ["an alias", `version: 1\ntargets:\n  a: &t { kind: http, url: "http://127.0.0.1:9" }\n  b: *t\n`, null],
  [
    "a merge key",
    `version: 1\ntargets:\n  a: &t { kind: http, url: "http://127.0.0.1:9" }\n  b: { <<: *t, auth: none }\n`,
    null,
  ],
  ["an alias of itself", "version: 1\ntargets: &t { a: *t }\n", ":1 expected a config of ordinary size"],
  [
    "a thousand million laughs",
    `version: 1\nb0: &b0 [l,l,l]\n${Array.from({ length: 19 }, (_, i) => `b${i + 1}: &b${i + 1} [*b${i},*b${i},*b${i}]\n`).join("")}`,
    ":1 expected a config of ordinary size",
  ],
  ...[
    "!!js/function f",
    "!!js/regexp /a/",
    "!!js/undefined ''",
    "!mine x",
    "!!binary aGVsbG8=",
    "!!set {a}",
    "!!omap [a: 1]",
    "!!timestamp 2026-01-01",
  ].map((text) => [`a body of ${text}`, body(text), noTag] as const),
  ["a text that looks like a number", body("!!str 5"), null],
  ["a date of YAML 1.1", `%YAML 1.1\n---\n${body("{ on: 2026-01-01, yes: no }")}`, null],
  ["a mapping for a key", beside("? { a: 1 }\n: 2"), ":4 expected a name for a key, got a mapping or list"],
  ["a byte order mark", `\ufeff${one("")}`, null],
  ["a tab as indentation", `version: 1\ntargets:\n\ta: {}\n`, ":3 expected spaces as indentation, got a tab"],
  ["a second document", `${one("")}---\nversion: 1\n`, "expected one YAML document"],
  ["lists 5000 deep", body("[".repeat(5000) + "]".repeat(5000)), "expected a config of ordinary depth"],
  ["nearly a megabyte of comment", `${one("")}#${"x".repeat(1_040_000)}\n`, null],
  ["more than a megabyte", `${one("")}#${"x".repeat(1_100_000)}\n`, "it is larger than 1 MiB"],
  // What every object of JavaScript has.
  ["a target __proto__", one("") + entry("__proto__"), ":4 targets.__proto__: expected a target name"],
  [
    "targets of Object's",
    `version: 1\ntargets:\n${entry("constructor")}${entry("toString")}${entry("hasOwnProperty")}`,
    null,
  ],
  ["a load of Object's", beside(`loads: { ${load("constructor")} }`), null],
  ["a section __proto__", beside("__proto__: { region: eu-west-1 }"), ":4 __proto__: expected one of the keys"],
  ["a section constructor", beside("constructor: 1"), ":4 constructor: expected one of the keys"],
];

describe("a config with", () => {
  test.each(odd)("%s is taken as written, or refused with its place", async (name, text, says) => {
    const file = join(folder, `${name.replaceAll(/\W/g, "-")}.yaml`);
    writeFileSync(file, text);
    const read = await readConfig(file, {});
    const lines = read.kind === "ok" ? null : read.kind === "unreadable" ? read.message : read.lines.join("\n");
    expect(lines).toEqual(says === null ? null : expect.stringContaining(says));
  });

  test("headers, bodies and pins named like members of Object has all of them", async () => {
    const file = join(folder, "members.yaml");
    const text = one(', request: { headers: { __proto__: "1", constructor: "2" }, body: { __proto__: { a: 1 } } }');
    writeFileSync(file, `${text}network: { resolve: { __proto__: 127.0.0.1, constructor: 127.0.0.2 } }\n`);
    const read = await readConfig(file, {});
    if (read.kind !== "ok") throw new Error(JSON.stringify(read));
    const request = read.config.targets[0]?.requests[0];
    expect(Object.entries(request?.headers ?? {})).toEqual(
      expect.arrayContaining([
        ["__proto__", "1"],
        ["constructor", "2"],
      ]),
    );
    expect(request?.body).toBe('{"__proto__":{"a":1}}');
    expect(Object.keys(read.config.network.resolve)).toEqual(["__proto__", "constructor"]);
  });

  test("a date of YAML 1.1 sends it as it is written", async () => {
    const file = join(folder, "date.yaml");
    writeFileSync(file, `%YAML 1.1\n---\n${body("{ on: 2026-01-01, yes: no }")}`);
    const read = await readConfig(file, {});
    expect(read).toMatchObject({ config: { targets: [{ requests: [{ body: '{"on":"2026-01-01","yes":"no"}' }] }] } });
  });
});
