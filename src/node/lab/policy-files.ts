import { defaultPolicies, outdatedFiles } from "./app/default-policies.ts";
import { clientVpc, clientVpce } from "./app/names.ts";
import { labRoles } from "./principals.ts";
import { labAccount } from "./targets.ts";
import type { LabTarget, PolicyFiles } from "./world.ts";

/** Beside the config: what is deployed in a healthy lab, for `policies` to be evaluated offline. */
export const policyFolder = "policies";

type Layer = Exclude<keyof PolicyFiles, "identity">;

/** How a target's `policies` call the layers that take part on its kind of path. */
const layersOf: Readonly<Record<string, Readonly<Record<string, Layer>>>> = {
  "lambda-endpoint": { endpoint: "endpoint", resource: "resource" },
  "api-gateway": { endpoint: "endpoint", resource: "resource" },
  lattice: { service: "latticeService", network: "latticeNetwork" },
};

const contextOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "lambda-endpoint": { "aws:SourceVpce": clientVpce, "aws:SourceVpc": clientVpc },
  "api-gateway": { "aws:SourceVpce": clientVpce, "aws:SourceVpc": clientVpc },
  lattice: { "vpc-lattice-svcs:SourceVpc": clientVpc, "vpc-lattice-svcs:SourceVpcOwnerAccount": labAccount },
};

const isOutdated = (layer: string): layer is keyof typeof outdatedFiles => layer in outdatedFiles;

const fileOf = (name: string): string => `./${policyFolder}/${name}.json`;

/** What the config says of a target's policies; undefined where none are evaluated on its path. */
export function policiesEntry({ kind, auth }: LabTarget, outdated: boolean): object | undefined {
  const layers = layersOf[kind];
  // With auth type NONE Lattice looks at no policy at all.
  if (layers === undefined || (kind === "lattice" && auth === "none")) return undefined;
  const shared = Object.entries(layers).map(([key, layer]) => [
    key,
    fileOf(outdated && isOutdated(layer) ? `outdated-${layer}` : layer),
  ]);
  const identity = ["default", ...labRoles.map(({ name }) => name)].map((name) => [name, fileOf(`identity-${name}`)]);
  return {
    ...Object.fromEntries(shared),
    ...(auth === "iam" ? { identity: Object.fromEntries(identity) } : {}),
    context: contextOf[kind],
  };
}

/** The files by name, without folder: the user's own policies where there are any. */
export function policyTexts(own: PolicyFiles | null): Readonly<Record<string, string>> {
  const { identity, ...shared } = defaultPolicies;
  const layers: readonly Layer[] = ["endpoint", "resource", "latticeService", "latticeNetwork"];
  const texts = [
    ...layers.map((layer) => [layer, own?.[layer] ?? shared[layer]] as const),
    ...Object.entries(outdatedFiles).map(([layer, text]) => [`outdated-${layer}`, text] as const),
    ["identity-default", own?.identity ?? identity] as const,
    ...labRoles.map((role) => [`identity-${role.name}`, role.identity] as const),
  ];
  return Object.fromEntries(texts.map(([name, text]) => [`${name}.json`, indented(text)]));
}

const indented = (json: string): string => `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
