import { type Path, quote } from "./problem.ts";
import { secretHeader, secretKey } from "./secrets.ts";
import { isMapping } from "./shape.ts";

/** What stands in the config at a path, in a few words: `5`, `"fast"`, `a list`, `nothing`; never a secret. */
export function showAt(root: unknown, path: Path): string {
  let value = root;
  for (const part of path) {
    if (typeof part === "string" && (secretKey.test(part) || secretHeader.test(part)))
      return "a value that is not shown";
    value = child(value, part);
  }
  return showValue(value);
}

function child(value: unknown, part: string | number): unknown {
  if (Array.isArray(value)) return typeof part === "number" ? value[part] : undefined;
  return isMapping(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

function showValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  // A URL's user name and password are a secret wherever the URL stands.
  if (typeof value === "string") return quote(value.replace(/\/\/[^/]*@/g, "//…@"));
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (!isMapping(value)) return `a ${typeof value}`;
  return Object.keys(value).length === 0 ? "an empty mapping" : "a mapping";
}
