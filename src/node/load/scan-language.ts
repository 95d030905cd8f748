import { type AnyNode, parse } from "acorn";
import { missingGlobals, missingName } from "./k6-language.ts";

/** Something that k6 cannot do, at a place of the text that was scanned. */
export interface Lack {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/**
 * What a script uses that k6 rejects, lacks, or passes over in silence. `code` is a trial bundle, in which free references to
 * missing globals have been replaced by their stand-ins; one that the script itself tests with `typeof` is its own business.
 */
export function scanLanguage(code: string): readonly Lack[] {
  const tree = parse(code, {
    ecmaVersion: "latest",
    sourceType: "module",
    locations: true,
    allowAwaitOutsideFunction: true,
  });
  const lacks: Lack[] = [];
  const tested = new Set<string>();
  walk(tree, (node) => {
    const name = testedName(node);
    if (name !== null) tested.add(name);
  });
  walk(tree, (node, parent) => {
    const text = lackOf(node, parent, tested);
    const at = node.loc?.start;
    if (text !== null && at !== undefined) lacks.push({ text, line: at.line, column: at.column });
  });
  return lacks;
}

function lackOf(node: AnyNode, parent: AnyNode | null, tested: ReadonlySet<string>): string | null {
  switch (node.type) {
    case "Identifier": {
      const name = missingName(node.name);
      if (name === null || tested.has(name) || isTypeof(parent)) return null;
      return `k6 has no ${name}: ${missingGlobals[name] ?? "do without"}`;
    }
    case "ForOfStatement":
      return node.await ? "k6 cannot read `for await`: use for … of, and await inside" : null;
    case "FunctionDeclaration":
    case "FunctionExpression":
      return node.async && node.generator ? "k6 cannot read async generators: use an async function" : null;
    case "ImportExpression":
      return "k6 has no dynamic import(): import at the top of the file";
    case "Literal":
      return "regex" in node && node.regex ? regexLack(node.regex.pattern, node.regex.flags) : null;
    case "NewExpression":
    case "CallExpression":
      return constructedRegexLack(node);
    default:
      return null;
  }
}

// Where the target lacks a feature of a literal, esbuild makes it `new RegExp("…")`.
function constructedRegexLack(node: Extract<AnyNode, { type: "NewExpression" | "CallExpression" }>): string | null {
  if (node.callee.type !== "Identifier" || node.callee.name !== "RegExp") return null;
  const [pattern, flags] = node.arguments.map((argument) =>
    argument.type === "Literal" && typeof argument.value === "string" ? argument.value : "",
  );
  return regexLack(pattern ?? "", flags ?? "");
}

function regexLack(pattern: string, flags: string): string | null {
  if (flags.includes("v")) return "k6 cannot read regular expressions with the flag v: use u";
  if (/\(\?<(?![=!])/.test(pattern))
    return "k6 leaves the named groups of a regular expression undefined, without a word: use numbered ones";
  return null;
}

const isTypeof = (node: AnyNode | null): boolean => node?.type === "UnaryExpression" && node.operator === "typeof";

/** The global whose existence the script tests, or which it makes itself: `typeof URL`, `globalThis.URL = …`. */
function testedName(node: AnyNode): string | null {
  if (node.type === "UnaryExpression" && node.operator === "typeof" && node.argument.type === "Identifier")
    return missingName(node.argument.name);
  if (node.type !== "AssignmentExpression" || node.left.type !== "MemberExpression") return null;
  const { object, property } = node.left;
  const isGlobal = object.type === "Identifier" && object.name === "globalThis";
  return isGlobal && property.type === "Identifier" ? property.name : null;
}

function walk(node: AnyNode, visit: (node: AnyNode, parent: AnyNode | null) => void): void {
  const stack: (readonly [AnyNode, AnyNode | null])[] = [[node, null]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [at, parent] = next;
    visit(at, parent);
    for (const value of Object.values(at)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) stack.push([child, at]);
    }
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;
