import { findKind, targetKinds } from "#core/targets/index.ts";
import type { EventForm } from "#core/targets/target.ts";
import type { TargetKind } from "#core/targets/target-kind.ts";
import { accessShape } from "./access.ts";
import { ids, record } from "./collection.ts";
import { deadlinesShape } from "./deadlines.ts";
import { expectShape } from "./expect.ts";
import { echoField, ownFields } from "./kind-fields.ts";
import { objectSchema, optional, readFields, required, unknownKeys, type Values, withDefault } from "./object.ts";
import { policiesShape } from "./policies.ts";
import type { Path } from "./problem.ts";
import { region } from "./region.ts";
import { requestShape } from "./request.ts";
import { choice, text, whole } from "./scalar.ts";
import { complaintsOf, isMapping, type JsonSchema, ok, type Read, refuse, type Shape } from "./shape.ts";
import { oneOf, perhaps } from "./suggest.ts";
import { timeoutsShape } from "./timeouts.ts";

/** A target as written, each part of its own form; `make-target` sees to it that the parts fit. */
export interface TargetEntry extends Values<typeof common> {
  readonly kind: TargetKind;
  readonly echo: EventForm | true | null;
  /** The kind's own fields, present ones only. */
  readonly values: Readonly<Record<string, string>>;
}

const common = {
  auth: optional(choice("iam", "none"), "Whether requests are signed (SigV4); the usual for the kind unless said."),
  region: optional(region, "Before the one in the host name and the config's own."),
  service: optional(
    text({
      expected: 'a service\'s name in SigV4, such as "execute-api"',
      pattern: /^[a-z0-9-]{1,64}$/,
      example: "execute-api",
    }),
    "What signatures are for; the kind's own unless said.",
  ),
  request: optional(requestShape, "The one request to make."),
  requests: optional(
    record(ids("request"), requestShape, "at least one request, each under a name"),
    "In place of `request`, several by name: the first is the main one, each is checked.",
  ),
  expect: optional(expectShape, "What answers must be, where a request does not say."),
  access: optional(
    accessShape,
    "Who else may do what: principals by name (`anonymous` is built in), each allowed, denied or observed, everything or request by request.",
  ),
  policies: optional(
    policiesShape,
    "Policy files to evaluate offline: what they say is held against what the wire says, and failures name the statement.",
  ),
  deadlines: optional(deadlinesShape, "Before the config's own."),
  timeouts: optional(
    timeoutsShape,
    "How long each part of the path waits, outermost first: whether they are in order is checked, and what they cut off probed.",
  ),
  protocol: withDefault(choice("http/1.1", "h2"), "http/1.1", "What is spoken; h2 only over https.", "http/1.1"),
  certificateDaysMin: withDefault(
    whole(0, 3650),
    14,
    "How many days the certificate must have left for the check to pass.",
    14,
  ),
};

const kindNames = targetKinds.map(({ kind }) => kind);

const fieldsFor = (kind: TargetKind) => ({
  ...ownFields(kind),
  ...common,
  ...(kind.events.length === 0 ? {} : { echo: echoField(kind) }),
});

/** What a target of one kind may say. */
const targetSchema = (kind: TargetKind): JsonSchema => ({
  ...objectSchema({ kind: required(choice(kind.kind), `${kind.title}.`), ...fieldsFor(kind) }),
  title: kind.title,
});

/** Every kind in the registry, told apart by `kind`. */
export const targetEntry: Shape<TargetEntry> = {
  schema: {
    type: "object",
    required: ["kind"],
    properties: { kind: { enum: kindNames } },
    oneOf: targetKinds.map(targetSchema),
  },
  read(input, path) {
    if (!isMapping(input)) return refuse(path, 'a mapping with the key "kind" and others');
    const written = Object.hasOwn(input, "kind") ? input["kind"] : undefined;
    const kind = typeof written === "string" ? findKind(written) : null;
    if (kind === null) return refuse([...path, "kind"], `${oneOf(kindNames)}${perhaps(written, kindNames)}`);
    return readEntry(kind, input, path);
  },
};

function readEntry(kind: TargetKind, input: Readonly<Record<string, unknown>>, path: Path): Read<TargetEntry> {
  const keys = unknownKeys(input, ["kind", ...Object.keys(fieldsFor(kind))], path);
  const shared = readFields(common, input, path);
  const own = readFields(ownFields(kind), input, path);
  const echo = echoField(kind).read(kind.events.length > 0 ? input["echo"] : null, [...path, "echo"]);
  if (keys.kind === "ok" && shared.kind === "ok" && own.kind === "ok" && echo.kind === "ok")
    return ok({ ...shared.value, kind, echo: echo.value, values: present(own.value) });
  return complaintsOf([keys, own, shared, echo]) ?? refuse(path, "a target");
}

const present = (values: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
