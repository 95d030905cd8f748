import { record } from "./collection.ts";
import { quote } from "./problem.ts";
import { text } from "./scalar.ts";
import { complaintsOf, ok, refine, refuse, type Shape } from "./shape.ts";

const value = text({
  expected: "a header's value on one line",
  // Visible ASCII, with blanks inside only: what is signed must be what is sent.
  pattern: /^[!-~](?:[ -~]*[!-~])?$/,
  example: "application/json",
});

const names = {
  pattern: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
  expected: "a header's name",
  again: (first: string) => `each header once, in whatever case: it is ${quote(first)} again`,
};

/** Header values by lower-case name. */
export const headersShape: Shape<Readonly<Record<string, string>>> = refine(record(names, value, null), (entries) =>
  ok(Object.fromEntries(entries.map(({ name, value }) => [name.toLowerCase(), value]))),
);

// What the connection, the framing and the signature say of themselves.
const ours: Readonly<Record<string, string>> = {
  host: "it follows from the target's url, endpoint or sendAs",
  "content-length": "it follows from the body",
  "transfer-encoding": "bodies are sent with their length",
  connection: "connections are pathproof's to keep",
  "keep-alive": "connections are pathproof's to keep",
  upgrade: "connections are pathproof's to keep",
  "x-amz-date": "signing adds it",
  "x-amz-security-token": "signing adds it",
  "x-amz-content-sha256": "signing adds it",
};

/** Headers to send. */
export const requestHeadersShape: Shape<Readonly<Record<string, string>>> = refine(headersShape, (headers, path) => {
  const reads = Object.keys(headers).map((name) => {
    const reason = Object.hasOwn(ours, name) ? ours[name] : undefined;
    return reason === undefined ? ok(null) : refuse([...path, name], `no ${name}: ${reason}`, "a header of that name");
  });
  return complaintsOf(reads) ?? ok(headers);
});
