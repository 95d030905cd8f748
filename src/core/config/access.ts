import { type Access, anonymousPrincipal, type DeniedBy, defaultPrincipal, deniedBys } from "#core/targets/access.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { ids, list, record } from "./collection.ts";
import { object, optional, type Values } from "./object.ts";
import type { Path } from "./problem.ts";
import { choice, line } from "./scalar.ts";
import { complaintsOf, isMapping, ok, type Read, refuse, type Shape, valuesOf } from "./shape.ts";
import { oneOf, perhaps } from "./suggest.ts";

/** What one principal may do: with everything, or by the names of requests. */
type Rules = { readonly kind: "all"; readonly rule: Rule } | ({ readonly kind: "named" } & Values<typeof fields>);

type Rule = Access["expected"];

const deniedBy = choice(...deniedBys);
const requestName = line("a request's name", "list");

/** By one thing whatever is asked, or by request: a list of those that anything may refuse, a mapping with what refuses each. */
type Denials =
  | { readonly kind: "all"; readonly by: DeniedBy }
  | { readonly kind: "named"; readonly by: readonly { readonly name: string; readonly value: DeniedBy }[] };

const denialsByName = record(ids("request"), deniedBy, "at least one request's name and what refuses it");
const denialsList = list(requestName, "requests' names");

const denials: Shape<Denials> = {
  schema: { anyOf: [deniedBy.schema, denialsList.schema, denialsByName.schema] },
  read(input, path) {
    if (Array.isArray(input)) {
      const read = denialsList.read(input, path);
      return read.kind === "ok"
        ? ok({ kind: "named", by: read.value.map((name) => ({ name, value: "any" as const })) })
        : read;
    }
    if (isMapping(input)) {
      const read = denialsByName.read(input, path);
      return read.kind === "ok" ? ok({ kind: "named", by: read.value }) : read;
    }
    const read = deniedBy.read(input, path);
    return read.kind === "ok" ? ok({ kind: "all", by: read.value }) : read;
  },
};

const fields = {
  allowed: optional(list(requestName, "requests' names"), "Requests that must be let through."),
  denied: optional(denials, "What refuses everything, or requests with what refuses each."),
  observed: optional(list(requestName, "requests' names"), "Requests that are asked, with nothing expected."),
};

const words = ["allowed", "denied", "observed"] as const;
const word = choice(...words);
const named = object(fields);

const rules: Shape<Rules> = {
  schema: { anyOf: [word.schema, named.schema] },
  read(input, path) {
    if (typeof input === "string") {
      const read = word.read(input, path);
      return read.kind === "ok" ? ok({ kind: "all", rule: ruleOf(read.value) }) : read;
    }
    if (!isMapping(input)) return refuse(path, `${oneOf(words)}, or a mapping with these keys`);
    const read = named.read(input, path);
    return read.kind === "ok" ? fromNamed(read.value, path) : read;
  },
};

const ruleOf = (one: (typeof words)[number]): Rule =>
  one === "denied" ? { kind: "denied", by: "any" } : { kind: one };

function fromNamed(value: Values<typeof fields>, path: Path): Read<Rules> {
  const { allowed, denied, observed } = value;
  if (denied?.kind !== "all")
    return allowed === null && denied === null && observed === null
      ? refuse(path, `at least one of ${oneOf(words)}`)
      : ok({ kind: "named", ...value });
  return allowed === null && observed === null
    ? ok({ kind: "all", rule: { kind: "denied", by: denied.by } })
    : refuse([...path, "denied"], "requests' names here, since beside it others are allowed or observed");
}

/** By principal. */
export const accessShape = record(ids("principal"), rules, "at least one principal and what it may do");
export type WrittenAccess = readonly { readonly name: string; readonly value: Rules }[];

/** The cells of the access table that the config asks for, in its order. */
export function readAccess(
  written: WrittenAccess,
  actions: readonly TargetRequest[],
  principals: readonly string[],
  path: Path,
): Read<readonly Access[]> {
  const known = [...principals.filter((one) => one !== defaultPrincipal), anonymousPrincipal];
  const reads = written.map(({ name, value }): Read<readonly Access[]> => {
    const at = [...path, name];
    if (name === defaultPrincipal)
      return refuse(
        at,
        "another principal: what the config's own credentials may do stands in `expect` of each request",
      );
    if (!known.includes(name)) return refuse(at, `${oneOf(known)}${perhaps(name, known)}`, `"${name}"`);
    if (value.kind === "all")
      return ok(actions.map((one) => ({ principal: name, action: one.name, expected: value.rule })));
    return cells(name, value, actions, at);
  });
  const wrong = complaintsOf(reads);
  return wrong ?? ok(valuesOf(reads).flat());
}

function cells(
  principal: string,
  { allowed, denied, observed }: Values<typeof fields>,
  actions: readonly TargetRequest[],
  path: Path,
): Read<readonly Access[]> {
  const denials = denied?.kind === "named" ? denied.by : [];
  const all = [
    ...(allowed ?? []).map((action) => ({ key: "allowed", action, expected: { kind: "allowed" } as const })),
    ...denials.map(({ name, value }) => ({
      key: "denied",
      action: name,
      expected: { kind: "denied", by: value } as const,
    })),
    ...(observed ?? []).map((action) => ({ key: "observed", action, expected: { kind: "observed" } as const })),
  ];
  const names = actions.map(({ name }) => name);
  const unknown = all
    .filter(({ action }) => !names.includes(action))
    .map(({ key, action }) =>
      refuse([...path, key], `names of requests: ${oneOf(names)}${perhaps(action, names)}`, `"${action}"`),
    );
  const twice = all
    .filter(({ action }, index) => all.findIndex((other) => other.action === action) < index)
    .map(({ key, action }) => refuse([...path, key], "each request once", `"${action}" again`));
  const wrong = complaintsOf([...unknown, ...twice]);
  // In the order of the target's requests, whatever the order of the rules.
  return (
    wrong ??
    ok(
      actions.flatMap(({ name }) =>
        all.filter(({ action }) => action === name).map(({ action, expected }) => ({ principal, action, expected })),
      ),
    )
  );
}
