import { copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import pLimit from "p-limit";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Asked,
  adviceFolder,
  cache,
  forgetful,
  host,
  keys,
  measuredSnippets,
  reusedIn,
  silenceMs,
} from "../support/advice.ts";
import { apacheJars } from "../support/java/jars.ts";
import { realK6 } from "../support/k6.ts";
import { type Command, runTool } from "../support/run-tool.ts";
import { findPython, findTool } from "../support/tools.ts";
import { undiciFolder } from "../support/undici.ts";

// The snippets as they are printed, in clients that are asked three times for two things with a silence in between. Each asks
// with its own settings too: those must fail, or the test would show nothing.

const harnesses = resolve(import.meta.dirname, "clients");
const folder = adviceFolder();
const snippets = new Map<string, string>();
beforeAll(async () => {
  for (const [client, code] of await measuredSnippets(folder)) snippets.set(client, code);
}, 60_000);

interface Client {
  readonly id: string;
  /** What it takes; null where that is missing. */
  readonly program: string | null;
  readonly files: readonly string[];
  /** Where the snippet is put. */
  readonly snippet: string;
  /** Builds what must be built. @returns what to run, which heeds ADVISED */
  ready(program: string, place: string): Promise<(advised: Advised) => Command>;
}

type Advised = "yes" | "no";

const script =
  (file: string): Client["ready"] =>
  async (program, place) =>
  () => [program, join(place, file)];

const undici = await undiciFolder();
const withUndici: Client["ready"] = (program, place) => {
  symlinkSync(join(undici ?? "", "node_modules"), join(place, "node_modules"));
  return script("undici.mjs")(program, place);
};

const goBuilt: Client["ready"] = async (go, place) => {
  writeFileSync(join(place, "go.mod"), "module asking\n\ngo 1.19\n");
  // The first time Go compiles its own library, which takes a minute on a slow machine.
  const env = { ...process.env, GOCACHE: join(cache, "go"), GOTOOLCHAIN: "local" };
  await runTool([go, "build", "-o", join(place, "asking"), "."], { cwd: place, env, withinMs: 240_000 });
  return () => [join(place, "asking")];
};

/** Compiled with the jars of a folder, and made to trust the front. */
const javaBuilt = async (javac: string, place: string, jars: string | null): Promise<string> => {
  const bin = dirname(javac);
  const classpath = [place, ...(jars === null ? [] : readdirSync(jars).map((jar) => join(jars, jar)))].join(":");
  const sources = readdirSync(place).filter((name) => name.endsWith(".java"));
  const trust = ["-keystore", "trust.p12", "-storetype", "PKCS12", "-storepass", "public", "-alias", "lab"];
  await Promise.all([
    runTool([javac, "-cp", classpath, ...sources], { cwd: place, withinMs: 120_000 }),
    runTool([join(bin, "keytool"), "-importcert", "-noprompt", "-file", join(folder, "ca.pem"), ...trust], {
      cwd: place,
      withinMs: 60_000,
    }),
  ]);
  return classpath;
};

/** In the environment, since the command line is the snippet's own; no compiling beyond the quick one, for it runs seconds. */
const javaOptions = (place: string): string =>
  `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djavax.net.ssl.trustStore=${join(place, "trust.p12")} -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword=public`;

const jdkBuilt: Client["ready"] = async (javac, place) => {
  await javaBuilt(javac, place, null);
  const [bin, classes] = [dirname(javac), readdirSync(place).filter((name) => name.endsWith(".class"))];
  await runTool([join(bin, "jar"), "cfe", "app.jar", "Jdk", ...classes], { cwd: place, withinMs: 60_000 });
  return (advised) => (advised === "yes" ? ["sh", "snippet.sh"] : [join(bin, "java"), "-jar", "app.jar"]);
};

const jars = findTool("javac") === null ? null : await apacheJars();
const apacheBuilt: Client["ready"] = async (javac, place) => {
  const classpath = await javaBuilt(javac, place, jars);
  return () => [join(dirname(javac), "java"), "-cp", classpath, "Apache"];
};

const k6Run: Client["ready"] = async (k6, place) => () => [
  k6,
  "run",
  "--quiet",
  "--no-usage-report",
  join(place, "k6.js"),
];

const node = process.execPath;
const javac = findTool("javac");
const clients: readonly Client[] = [
  {
    id: "node",
    program: node,
    files: ["node.mjs", "asking.mjs"],
    snippet: "snippet.mjs",
    ready: script("node.mjs"),
  },
  { id: "sdk-js", program: node, files: ["sdk.mjs", "asking.mjs"], snippet: "snippet.mjs", ready: script("sdk.mjs") },
  {
    id: "undici",
    program: undici === null ? null : node,
    files: ["undici.mjs", "asking.mjs"],
    snippet: "snippet.mjs",
    ready: withUndici,
  },
  { id: "boto3", program: findPython("boto3"), files: ["ask.py"], snippet: "snippet.py", ready: script("ask.py") },
  { id: "go", program: findTool("go"), files: ["main.go"], snippet: "client/client.go", ready: goBuilt },
  { id: "java-jdk", program: javac, files: ["Asking.java", "Jdk.java"], snippet: "snippet.sh", ready: jdkBuilt },
  {
    id: "java-apache",
    program: jars === null ? null : javac,
    files: ["Asking.java", "Apache.java"],
    snippet: "Client.java",
    ready: apacheBuilt,
  },
  { id: "k6", program: (await realK6())?.path ?? null, files: ["k6.js"], snippet: "snippet.js", ready: k6Run },
];

/** They mostly wait. */
const limit = pLimit(3);

/** Both ways at the same time. */
async function asked({ id, program, files, snippet, ready }: Client) {
  const place = join(folder, id);
  mkdirSync(join(place, "client"), { recursive: true });
  for (const name of files) copyFileSync(join(harnesses, name), join(place, name));
  writeFileSync(join(place, snippet), snippets.get(id) ?? "");
  const command = await ready(program ?? "", place);
  const run = async (advised: Advised): Promise<Asked> => {
    let outcome: Asked = { failures: [], reused: 0 };
    await forgetful(async (port, before) => {
      const { PATH = "", HOME = "" } = process.env;
      const env = {
        PATH,
        HOME,
        ...keys,
        ORIGIN: `https://${host}:${port}`,
        ADVISED: advised,
        SILENCE_MS: String(silenceMs),
        CA_FILE: join(folder, "ca.pem"),
        NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
        SSL_CERT_FILE: join(folder, "ca.pem"),
        JAVA_TOOL_OPTIONS: javaOptions(place),
      };
      const stdout = await runTool(command(advised), { cwd: place, env, withinMs: 60_000 });
      outcome = { failures: JSON.parse(stdout), reused: reusedIn(before) };
    });
    return outcome;
  };
  const [without, advised] = await Promise.all([run("no"), run("yes")]);
  return { without, advised };
}

describe.concurrent.each(clients)("$id", (client) => {
  test.skipIf(client.program === null)(
    "fails on stale connections with its own settings, and not with those advised",
    async () => {
      const { without, advised } = await limit(() => asked(client));
      expect(without.failures.length).toBeGreaterThan(0);
      expect(advised.failures).toEqual([]);
      // Not by keeping nothing.
      expect(advised.reused).toBeGreaterThanOrEqual(3);
    },
    600_000,
  );
});
