import { clean } from "./clean.ts";
import { asked, closeWord, idleTime } from "./keepalive-words.ts";
import type { ReportedAdvice, ReportedKeepalive } from "./reported-keepalive.ts";
import type { Reporter } from "./reporter.ts";

/** The settings of every client, ready to paste. */
export const adviceMd: Reporter = {
  format: "advice",
  fileName: "advice.md",
  fits: ({ keepalive }) => (keepalive ?? []).some(({ advice }) => advice !== null),
  render: ({ keepalive = [] }) =>
    ["# Client settings, from what was measured", "", ...keepalive.flatMap(target)].join("\n"),
};

function target(one: ReportedKeepalive): readonly string[] {
  const { idle, advice } = one;
  if (advice === null) return [];
  const found = idle.map((own) => `${own.address}: idle timeout ${idleTime(own)}, ${closeWord(own.closeKind)}`);
  return [`## ${clean(asked(one))}`, "", ...list(found.map((line) => clean(line))), ...settings(advice)];
}

const settings = ({ summary, reasons, retry, snippets }: ReportedAdvice): readonly string[] => [
  summary,
  "",
  ...list(reasons),
  "### When a request may be sent again",
  "",
  ...list(retry),
  ...snippets.flatMap(({ title, client, language, code, notes }) => [
    `### ${title} (\`${client}\`)`,
    "",
    `\`\`\`${language}`,
    code.trimEnd(),
    "```",
    "",
    ...list(notes),
  ]),
];

const list = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [...lines.map((line) => `- ${line}`), ""];
