import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.ts";

const { stdout: script } = await runCli(["completion", "bash"]);

/** What bash offers at the end of these words, by the script as it is printed. */
function offered(...words: readonly string[]): readonly string[] {
  const asked = `${script}
COMP_WORDS=(pathproof "$@"); COMP_CWORD=$#; _pathproof; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", asked, "bash", ...words], { encoding: "utf8" })
    .trim()
    .split("\n");
}

test.each([
  [["ch"], ["check"]],
  [["check", "--pr"], ["--principal"]],
  [
    ["check", "orders", "--only", "ti"],
    ["timeouts", "timeouts-are-ordered", "timeouts-cut-as-declared"],
  ],
  [["explain", "dns-name"], ["dns-name-not-found"]],
  [["keepalive", "--only", "a"], ["age"]],
  [["lab", "--fault", "tls-exp"], ["tls-expired"]],
  [["schema", "re"], ["report"]],
])("bash offers after %j: %j", (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});
