import { type Callers, defaultPrincipal, type PolicyDocument, type TargetPolicies } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import type { TargetKind } from "#core/targets/target-kind.ts";
import { ids, oneOrMore, record } from "./collection.ts";
import { filePath, resolvePath } from "./file-path.ts";
import { object, optional, type Values } from "./object.ts";
import type { Path } from "./problem.ts";
import { line, text } from "./scalar.ts";
import { complaintsOf, ok, type Read, refine, refuse, type Shape } from "./shape.ts";
import { oneOf, perhaps } from "./suggest.ts";

/** A file's path, or `none` where no policy of that layer is in force. */
const file: Shape<string> = filePath("./endpoint-policy.json");

const identities: Shape<Readonly<Record<string, string>>> = refine(
  record(ids("principal"), file, "at least one principal and its policy file"),
  (entries) => ok(Object.fromEntries(entries.map(({ name, value }) => [name, value]))),
);

const conditionKey = { pattern: /^[A-Za-z-]+:[^\s]+$/, expected: 'a condition key such as "aws:SourceVpc"' };

const context: Shape<Readonly<Record<string, readonly string[]>>> = refine(
  record(
    conditionKey,
    oneOrMore(line('a value such as "vpc-0abc"', "vpc-0abc"), "values"),
    "at least one condition key",
  ),
  (entries) => ok(Object.fromEntries(entries.map(({ name, value }) => [name, value]))),
);

const fields = {
  endpoint: optional(file, "The VPC endpoint's policy; none where the default, which allows everything, is in force."),
  resource: optional(file, "The function's or API's own policy; none where it has none."),
  service: optional(file, "The Lattice service's auth policy; none where its auth type is NONE."),
  network: optional(file, "The Lattice service network's auth policy; none where its auth type is NONE."),
  identity: optional(
    identities,
    "The policy of each principal, by name; several policies are one file with all statements.",
  ),
  account: optional(
    text({
      expected: 'an account id of twelve digits such as "111122223333"',
      pattern: /^\d{12}$/,
      example: "111122223333",
    }),
    "Whose the function, API or service is; the account of `credentials` unless said.",
  ),
  context: optional(
    context,
    "Condition keys that cannot be known from here, and their values: aws:SourceVpc, aws:PrincipalOrgID and the like.",
  ),
};

export const policiesShape = object(fields);
export type WrittenPolicies = Values<typeof fields>;

type Layer = Exclude<keyof TargetPolicies, "identity" | "callers" | "account" | "context">;

const layers = {
  endpoint: "endpoint",
  resource: "resource",
  service: "lattice-service",
  network: "lattice-network",
} as const satisfies Partial<Record<keyof WrittenPolicies, Layer>>;

type LayerKey = keyof typeof layers;
const layerKeys: readonly LayerKey[] = ["endpoint", "resource", "service", "network"];

/** The layers that take part on each kind of path. */
const layersOf: Readonly<Record<string, readonly LayerKey[]>> = {
  "lambda-endpoint": ["endpoint", "resource"],
  "api-gateway": ["endpoint", "resource"],
  lattice: ["service", "network"],
};

const document = (written: string): PolicyDocument | null => (written === "none" ? null : { file: written, text: "" });

/** The policies of a target, their texts still to be read. */
export function readPolicies(
  written: WrittenPolicies,
  kind: TargetKind,
  { callers, principals }: { readonly callers: Callers; readonly principals: readonly string[] },
  path: Path,
): Read<TargetPolicies> {
  const allowed = layersOf[kind.kind];
  if (allowed === undefined)
    return refuse(path, `no policies: how they are combined on this kind of way in (${kind.title}) is not known`);
  const foreign = layerKeys
    .filter((key) => written[key] !== null && !allowed.includes(key))
    .map((key) => refuse([...path, key], `${oneOf([...allowed, "identity"])}: this kind of way in has no such layer`));
  const unknown = Object.keys(written.identity ?? {})
    .filter((name) => !principals.includes(name))
    .map((name) =>
      refuse([...path, "identity", name], `${oneOf(principals)}${perhaps(name, principals)}`, `"${name}"`),
    );
  const wrong = complaintsOf([...foreign, ...unknown]);
  if (wrong !== null) return wrong;
  const given = layerKeys.flatMap((key) => {
    const one = written[key];
    return one === null ? [] : [[layers[key], document(one)] as const];
  });
  const identity = Object.entries(written.identity ?? {}).map(([name, one]) => [name, document(one)] as const);
  return ok({
    ...Object.fromEntries(given),
    identity: Object.fromEntries(identity),
    callers,
    account: written.account ?? accountOf(callers[defaultPrincipal]?.arn),
    context: written.context ?? {},
  });
}

const accountOf = (arn: string | undefined): string | null => /:(\d{12}):/.exec(arn ?? "")?.[1] ?? null;

/** A policy file that the config names, and where. */
export interface PolicyFile {
  readonly path: Path;
  /** As written. */
  readonly file: string;
  readonly absolute: string;
}

/** Every policy file of the targets; one that is named twice is there twice. */
export const policyFiles = (targets: readonly Target[], directory: string): readonly PolicyFile[] =>
  targets.flatMap(({ id, policies }) => {
    if (policies === undefined) return [];
    const at = ["targets", id, "policies"];
    const ofLayers = layerKeys.map((key) => [[...at, key], policies[layers[key]]] as const);
    const ofIdentities = Object.entries(policies.identity).map(
      ([name, one]) => [[...at, "identity", name], one] as const,
    );
    return [...ofLayers, ...ofIdentities].flatMap(([path, one]) =>
      one === null || one === undefined ? [] : [{ path, file: one.file, absolute: resolvePath(directory, one.file) }],
    );
  });

/** The targets with the texts of their policies, by file as written. */
export const withPolicyTexts = (targets: readonly Target[], texts: ReadonlyMap<string, string>): readonly Target[] =>
  targets.map((target) => {
    const { policies } = target;
    if (policies === undefined) return target;
    const fill = (one: PolicyDocument | null): PolicyDocument | null =>
      one === null ? null : { ...one, text: texts.get(one.file) ?? "" };
    const filled = layerKeys.flatMap((key) => {
      const one = policies[layers[key]];
      return one === undefined ? [] : [[layers[key], fill(one)] as const];
    });
    const identity = Object.entries(policies.identity).map(([name, one]) => [name, fill(one)] as const);
    return {
      ...target,
      policies: { ...policies, ...Object.fromEntries(filled), identity: Object.fromEntries(identity) },
    };
  });
