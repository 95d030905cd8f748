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
  visit,
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
  const documents = parseAllDocuments(text, {
    lineCounter: counter,
    prettyErrors: false,
    merge: true,
    // YAML 1.2's, whatever version a document says it is in, and none of the tags for what no config is made of: dates, sets, bytes.
    schema: "core",
    resolveKnownTags: false,
    // What it says goes into the problems, not to the console.
    logLevel: "error",
  });
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  const [document, second] = "empty" in documents ? [] : documents;
  if (document === undefined) return only(1, "expected a config, got nothing; `pathproof init` writes one");
  if (second !== undefined) return only(lineAt(second.range[0]), "expected one YAML document, got a second one");
  const wrong = [
    ...[...document.errors, ...document.warnings].map((error) => ({ at: error.pos[0], message: explain(error, text) })),
    ...unknownAliases(document),
    ...oddKeys(document),
  ];
  if (wrong.length > 0)
    return { kind: "problems", problems: wrong.map(({ at, message }) => ({ line: lineAt(at), message })) };
  try {
    // A text that grows beyond measure by aliases of aliases is refused by the count.
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { kind: "ok", value, lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch {
    return only(1, "expected a config of ordinary size, got anchors whose aliases multiply it without end");
  }
}

const only = (line: number, message: string): ParsedYaml => ({ kind: "problems", problems: [{ line, message }] });

function explain({ code, message, pos: [from] }: YAMLError, text: string): string {
  // Each level takes a part of the parser's stack.
  if (/maximum call stack/i.test(message)) return "expected a config of ordinary depth, got one far beyond it";
  if (code === "TAB_AS_INDENT") return "expected spaces as indentation, got a tab";
  if (code !== "DUPLICATE_KEY") return `expected valid YAML: ${message}`;
  const key = /^["']?([\w.-]{1,64})/.exec(text.slice(from, from + 66))?.[1];
  return `expected each key once, got ${key === undefined ? "one" : `"${key}"`} a second time`;
}

interface Misplaced {
  readonly at: number;
  readonly message: string;
}

/** In one walk: asking each alias for its anchor would walk the document anew for each. */
function unknownAliases(document: Document.Parsed): readonly Misplaced[] {
  const found: Misplaced[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Value(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_, alias) {
      if (anchors.has(alias.source)) return;
      const message = `expected an anchor &${alias.source} before its alias, got none`;
      found.push({ at: alias.range?.[0] ?? 0, message });
    },
  });
  return found;
}

/** A mapping or list for a key would be made into a text that nobody wrote. */
function oddKeys(document: Document.Parsed): readonly Misplaced[] {
  const found: Misplaced[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (isMap(key) || isSeq(key))
        found.push({ at: key.range?.[0] ?? 0, message: "expected a name for a key, got a mapping or list" });
    },
  });
  return found;
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
