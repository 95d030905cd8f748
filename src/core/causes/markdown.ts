import type { Cause, Layer } from "./cause.ts";
import { causes } from "./index.ts";
import { relatedTo, remediesOf } from "./show.ts";
import { trustInWords } from "./words/trust.ts";

const layerTitles = {
  dns: "DNS",
  tcp: "TCP",
  tls: "TLS",
  signing: "Signing",
  policy: "Policy",
  service: "Service",
  connection: "Connection",
  client: "Client",
} as const satisfies Record<Layer, string>;

const layers: readonly Layer[] = ["dns", "tcp", "tls", "signing", "policy", "service", "connection", "client"];

/** The whole catalogue as one Markdown page (`docs/causes.md`). */
export function causesAsMarkdown(catalogue: readonly Cause[] = causes): string {
  const sections = layers.map((layer) => ({ layer, members: catalogue.filter((cause) => cause.layer === layer) }));
  return [
    "# Causes",
    "",
    "Generated from `src/core/causes`: edit the records there, then run `UPDATE_DOCS=1 npx vitest run test/core/causes`.",
    "",
    `Every failure that pathproof reports names one of these ${catalogue.length} causes by its code. \`pathproof explain CODE\` shows`,
    "one of them. A confidence is never higher than the trust in the fact behind it.",
    "",
    "| layer | codes |",
    "|---|---|",
    ...sections.map(
      ({ layer, members }) =>
        `| ${layerTitles[layer]} | ${members.map(({ code }) => `[\`${code}\`](#${code})`).join(" ")} |`,
    ),
    "",
    ...sections.flatMap(({ layer, members }) => [`## ${layerTitles[layer]}`, "", ...members.flatMap(section)]),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function section(cause: Cause): readonly string[] {
  const { moreGeneral, moreSpecial } = relatedTo(cause);
  const remedies = remediesOf(cause);
  return [
    `### ${cause.code}`,
    "",
    `**${cause.title}.** ${cause.explanation}`,
    "",
    ...(remedies.length === 1
      ? remedies.map(({ remedy }) => `What to do: ${remedy}`)
      : [
          "What to do:",
          "",
          ...remedies.map(({ kinds, remedy }) => `- ${kinds.map((kind) => `\`${kind}\``).join(", ")}: ${remedy}`),
        ]),
    "",
    `Source: <${cause.source}> (${trustInWords[cause.trust]}).`,
    ...(moreGeneral.length === 0 ? [] : [`Named before: ${links(moreGeneral)}.`]),
    ...(moreSpecial.length === 0 ? [] : [`Named after: ${links(moreSpecial)}.`]),
    "",
  ];
}

const links = (codes: readonly string[]): string => codes.map((code) => `[\`${code}\`](#${code})`).join(", ");
