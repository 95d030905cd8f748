import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type YAMLError,
} from "yaml";
import type { Path } from "#core/config/problem.ts";

export type ParsedYaml =
  | { readonly kind: "ok"; readonly value: unknown; lineOf(path: Path): number }
  | { readonly kind: "problems"; readonly problems: readonly YamlProblem[] };

export interface YamlProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Reads one YAML document and remembers where everything stood. */
export function parseYaml(text: string): ParsedYaml {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, merge: true });
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  const [document, second] = "empty" in documents ? [] : documents;
  if (document === undefined) return only(1, "expected a config, got an empty file; `pathproof init` writes one");
  if (second !== undefined) return only(lineAt(second.range[0]), "expected one YAML document, got a second one");
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0)
    return {
      kind: "problems",
      problems: wrong.map((error) => ({ line: lineAt(error.pos[0]), message: explain(error) })),
    };
  try {
    // A text that grows beyond measure by aliases of aliases is refused by the count.
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { kind: "ok", value, lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch {
    return only(1, "expected a config of ordinary size, got anchors whose aliases multiply it without end");
  }
}

const only = (line: number, message: string): ParsedYaml => ({ kind: "problems", problems: [{ line, message }] });

function explain(error: YAMLError): string {
  if (error.code === "DUPLICATE_KEY") return "expected each key once, got one a second time";
  if (error.code === "TAB_AS_INDENT") return "expected spaces as indentation, got a tab";
  return `expected valid YAML: ${error.message}`;
}

/** Where the key of the last part of a path stands, or the nearest thing around it that there is. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    const found = childOf(node, part);
    if (found === null) break;
    offset = found.offset;
    node = found.node;
  }
  return offset;
}

function childOf(node: unknown, part: string | number): { readonly node: unknown; readonly offset: number } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
    const range = pair !== undefined && isPair(pair) && isNode(pair.key) ? pair.key.range : undefined;
    return range == null ? null : { node: pair?.value, offset: range[0] };
  }
  const item = isSeq(node) && typeof part === "number" ? node.items[part] : undefined;
  return isNode(item) && item.range != null ? { node: item, offset: item.range[0] } : null;
}
