import { compilePattern } from "#core/patterns/index.ts";
import { deniedBys } from "#core/targets/access.ts";
import type { BodyExpectation, Expectation } from "#core/targets/target.ts";
import { oneOrMore } from "./collection.ts";
import { headersShape } from "./headers.ts";
import { object, optional, type Values } from "./object.ts";
import type { Path } from "./problem.ts";
import { choice, whole } from "./scalar.ts";
import { isMapping, ok, type Read, refuse, type Shape } from "./shape.ts";

const bodyForms = "text that the body contains, or one of {contains: …}, {equals: …}, {matches: a regular expression}";

const bodyShape: Shape<BodyExpectation> = {
  schema: {
    anyOf: [
      { type: "string" },
      ...["contains", "equals", "matches"].map((key) => ({
        type: "object",
        properties: { [key]: { type: "string" } },
        required: [key],
        additionalProperties: false,
      })),
    ],
  },
  read(input, path) {
    if (typeof input === "string") return ok({ kind: "contains", text: input });
    const [entry, ...more] = isMapping(input) ? Object.entries(input) : [];
    if (entry === undefined || more.length > 0 || typeof entry[1] !== "string") return refuse(path, bodyForms);
    return readForm(entry[0], entry[1], path);
  },
};

function readForm(form: string, text: string, path: Path): Read<BodyExpectation> {
  switch (form) {
    case "contains":
    case "equals":
      return ok({ kind: form, text });
    case "matches":
      return readPattern(text, [...path, form]);
    default:
      return refuse(path, bodyForms);
  }
}

function readPattern(pattern: string, path: Path): Read<BodyExpectation> {
  const compiled = compilePattern(pattern);
  return compiled.kind === "refused" ? refuse(path, compiled.expected) : ok({ kind: "matches", pattern });
}

const fields = {
  status: optional(oneOrMore(whole(100, 599), "status codes"), "The status, or several of which any will do."),
  body: optional(
    bodyShape,
    "Text that the body contains; or {contains: …}, {equals: …}, {matches: …}: a regular expression without look-around and references back, for the first 16 KiB.",
  ),
  headers: optional(headersShape, "Response headers that must be there and contain the text."),
  denied: optional(
    choice(...deniedBys),
    "That it is refused, and by what: the policy of a layer, any policy's explicit deny, authentication, or any of these.",
  ),
};

export const expectShape = object(fields);
export type WrittenExpectation = Values<typeof fields>;

// 400: some services answer an incomplete signature so, but then it is no policy's word.
const refusals: readonly number[] = [401, 403];

/** What is written, over what holds otherwise. */
export function mergeExpectation(written: WrittenExpectation | null, otherwise: Expectation): Expectation {
  const denied = written?.denied ?? (written?.status == null ? (otherwise.denied ?? null) : null);
  return {
    statuses: written?.status ?? (written?.denied == null ? otherwise.statuses : refusals),
    body: written?.body ?? otherwise.body,
    headers: written?.headers ?? otherwise.headers,
    ...(denied === null ? {} : { denied }),
  };
}
