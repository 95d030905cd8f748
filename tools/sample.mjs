// `npm run sample`: makes reports/sample anew, a check of a lab with two things wrong, and reports/sample-compare, two minutes of a
// comparison in a healthy one. Both are there to be read; nothing is tested against them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import "./build.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const readyWithinMs = 20_000;
const expected = [0, 1, 4];

async function inLab(faults, words, folder) {
  const options = faults.flatMap((fault) => ["--fault", fault]);
  const lab = spawn(process.execPath, [at("dist/pathproof.mjs"), "lab", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const timer = setTimeout(() => lab.kill("SIGKILL"), readyWithinMs);
  const [line] = await Promise.race([
    once(createInterface({ input: lab.stdout }), "line"),
    once(lab, "exit").then(() => [null]),
  ]);
  clearTimeout(timer);
  if (line === null) throw new Error("the lab did not start");
  rmSync(at(folder), { recursive: true, force: true });
  const run = spawn(
    process.execPath,
    [at("dist/pathproof.mjs"), ...words, "-c", JSON.parse(line).config, "--out", at(folder)],
    { stdio: "inherit" },
  );
  const [code] = await once(run, "exit");
  lab.kill("SIGTERM");
  await once(lab, "exit");
  if (!expected.includes(code)) throw new Error(`pathproof ${words[0]} ended with ${code}`);
}

await inLab(["endpoint-lacks-qualified@orders-direct", "one-zone-down-drops@orders-alb"], ["check"], "reports/sample");
await inLab(
  [],
  ["compare", "orders-direct", "orders-lattice", "orders-alb", "--duration", "2m", "--block", "2s", "--seed", "7"],
  "reports/sample-compare",
);
