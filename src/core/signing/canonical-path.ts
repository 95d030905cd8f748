import { encodePath } from "./percent-encoding.ts";

/** The part of a request target before its query. */
export function pathOf(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? target : target.slice(0, mark);
}

/**
 * The path as it is signed: normalised, then percent-encoded although it was so before (`%3A` becomes `%253A`). S3 alone
 * takes the path as it is, since its keys may hold `//` and `..`.
 *
 * @param path as on the wire, without query
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalPath(path: string, service: string): string {
  if (service === "s3") return path === "" ? "/" : path;
  return encodePath(isNormal(path) ? path : normalise(path));
}

// Hot path: nearly every path is normal already, and to see that allocates nothing.
const isNormal = (path: string): boolean => path.startsWith("/") && !path.includes("//") && !path.includes("/.");

function normalise(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return kept.length === 0 ? "/" : `/${kept.join("/")}${path.endsWith("/") ? "/" : ""}`;
}
