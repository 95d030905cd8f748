// `npm start`: builds pathproof, starts the lab and shows what it does; needs no AWS account and no network.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import "./build.mjs";

const program = fileURLToPath(new URL("../dist/pathproof.mjs", import.meta.url));
const say = (text) => console.log(`\n\x1b[1m▸ ${text}\x1b[0m`);
const readyWithinMs = 20_000;
const exitEnvironment = 3;

/** Starts a lab and waits for its one line of JSON. */
async function startLab(...options) {
  const child = spawn(process.execPath, [program, "lab", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill("SIGKILL"), readyWithinMs);
  const [line] = await Promise.race([once(lines, "line"), once(child, "exit").then(() => [null])]);
  clearTimeout(timer);
  if (line === null) throw new Error("the lab did not start");
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { config: JSON.parse(line).config, stop };
}

async function pathproof(...words) {
  console.log(`\x1b[2m$ pathproof ${words.join(" ")}\x1b[0m`);
  const child = spawn(process.execPath, [program, ...words], { stdio: "inherit" });
  const [code, signal] = await once(child, "exit");
  if (signal !== null) process.exit(130);
  return code;
}

/** A config beside the lab's: its load balancer, asked to answer so many milliseconds later. */
function delayed(config) {
  const lab = parse(readFileSync(config, "utf8"));
  const { url } = lab.targets["orders-alb"];
  const target = (delay) => ({ kind: "alb", url, auth: "none", request: { path: `/orders/1?delay=${delay}` } });
  const targets = { "as-it-is": target(5), "plus-1-ms": target(6), "plus-3-ms": target(8) };
  const file = join(dirname(config), "compare.yaml");
  writeFileSync(file, stringify({ version: 1, network: lab.network, targets }));
  return file;
}

say("A lab on loopback: a Lambda interface endpoint, VPC Lattice, a private API Gateway and an internal ALB");
const healthy = await startLab();
const checked = await pathproof("check", "-c", healthy.config);
if (checked !== 0) process.exit(checked);

say("A short load, signed where the path demands it, made by k6 (built once, by Go, if it is not here yet)");
const loaded = await pathproof("run", "brief-k6", "-c", healthy.config);
if (loaded === exitEnvironment) console.log("\nNo k6 could be had here; everything but k6 loads works without it.");

say("The same load by the Node engine, on sockets of its own: nothing is ever sent twice");
const again = await pathproof("run", "brief-node", "-c", healthy.config);

say(
  "One load balancer under three names, the answers of two of them delayed by 1 ms and by 3 ms: is that what is found?",
);
const compared = await pathproof(
  ...["compare", "as-it-is", "plus-1-ms", "plus-3-ms", "-c", delayed(healthy.config)],
  ...["--rate", "50/s", "--duration", "24s", "--margin", "0.5ms", "--seed", "1"],
);
console.log(
  "The truth: plus-1-ms takes 1 ms more than as-it-is, and plus-3-ms 3 ms more. A busy machine makes it hard to see.",
);
await healthy.stop();

say("The lab with one thing wrong: the endpoint policy lists the function, but not its qualified ARN");
const broken = await startLab("--fault", "endpoint-lacks-qualified@orders-direct");
const named = await pathproof("check", "orders-direct", "-c", broken.config);
await broken.stop();

say("Yours next");
console.log(`  npx pathproof init          writes a commented pathproof.yaml
  npx pathproof check         validates every path of it
  npx pathproof explain CODE  what a cause means and what to do
`);
process.exit(named === 1 && loaded !== 1 && again !== 1 && (compared === 0 || compared === 4) ? 0 : 1);
