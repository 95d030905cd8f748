import { assemble, type ParseContext } from "./assemble.ts";
import type { Config } from "./config.ts";
import { type Problem, showPath } from "./problem.ts";
import { literalSecrets } from "./secrets.ts";
import { isMapping, refuse } from "./shape.ts";
import { showAt } from "./show-value.ts";
import { isBounded, isBoundedFilled, substitute } from "./substitute.ts";

export type ParsedConfig =
  | { readonly kind: "ok"; readonly config: Config }
  /** Every problem there is; at least one. */
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

const farBeyond = (expected: string): ParsedConfig => ({
  kind: "problems",
  problems: [{ path: [], expected, got: "one far beyond it" }],
});

/** Reads a config as YAML or JSON gave it. */
export function parseConfig(input: unknown, context: ParseContext): ParsedConfig {
  if (!isBounded(input)) return farBeyond("a config of ordinary size and depth");
  if (!isBoundedFilled(input, context.env))
    return farBeyond("a config of ordinary size once its variables are filled in");
  const filled = substitute(input, context.env);
  const read = isMapping(filled.value)
    ? assemble(filled.value, context)
    : refuse([], "a mapping with the keys version, targets and others");
  const first = [...filled.complaints, ...literalSecrets(input)];
  if (read.kind === "ok" && first.length === 0) return { kind: "ok", config: read.value };
  // What a missing variable leaves behind is not complained of twice.
  const settled = new Set(first.map(({ path }) => showPath(path)));
  const further = read.kind === "ok" ? [] : read.complaints.filter(({ path }) => !settled.has(showPath(path)));
  // Shown from the input as written: what a variable holds may be a secret.
  return {
    kind: "problems",
    problems: [...first, ...further].map(({ path, expected, got }) => ({
      path,
      expected,
      got: got ?? showAt(input, path),
    })),
  };
}
