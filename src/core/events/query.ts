/** What stands before and after the first `?`; the query is empty when there is none. */
export function splitPath(path: string): { readonly path: string; readonly query: string } {
  const at = path.indexOf("?");
  return at < 0 ? { path, query: "" } : { path: path.slice(0, at), query: path.slice(at + 1) };
}

/** The parameters of a query in order, as on the wire: nothing decoded, `a` and `a=` alike. */
export const queryPairs = (query: string): readonly (readonly [string, string])[] =>
  query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    });

/** Percent-decoded, `+` as a space; as it was when it is not valid UTF-8 in percent-encoding. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

export const decodedPairs = (query: string): readonly (readonly [string, string])[] =>
  queryPairs(query).map(([name, value]) => [decode(name), decode(value)]);
