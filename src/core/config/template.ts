import { apiSuffix } from "#core/targets/aws-names.ts";
import type { Field } from "#core/targets/fields.ts";
import { findKind } from "#core/targets/index.ts";
import type { TargetKind } from "#core/targets/target-kind.ts";
import { deadlinesDefault } from "./deadlines.ts";
import { root } from "./root.ts";

export interface TemplateChoice {
  readonly region: string;
  /** Names of target kinds, each at most once; others are left out. */
  readonly kinds: readonly string[];
}

/** The Region in the kinds' examples, and an example as it is in another, under its partition's own suffix. */
const exampleRegion = "eu-west-1";
const inRegion = (example: string, region: string): string =>
  example.replaceAll(exampleRegion, region).replaceAll(apiSuffix(exampleRegion), apiSuffix(region));

/** A commented config to begin with, every kind's fields explained by the kind itself. */
export function configTemplate({ region, kinds }: TemplateChoice): string {
  const chosen = kinds.flatMap((name) => findKind(name) ?? []);
  const ids = chosen.map(idOf);
  return [
    "# What pathproof proves, and from where to where. Try it with:  pathproof check --dry-run",
    `# Durations and rates carry their unit (60s, 250ms, 200/s). No secret belongs here: \${NAME} is taken from the`,
    "# environment, and credentials from where the AWS SDK looks for them.",
    "version: 1",
    `region: ${region}`,
    "",
    ...comment(root.credentials.description),
    "# credentials: { profile: prod }",
    "",
    ...comment(root.principals.description),
    "# principals:",
    "#   reader: { profile: reader }",
    '#   deployer: { role: "arn:aws:iam::111122223333:role/deployer" }   # sts:AssumeRole; endpoint: names STS\'s own',
    "#   ci: { env: CI_AWS }                                               # CI_AWS_ACCESS_KEY_ID and so on",
    "",
    "# network:",
    "#   resolve: { orders.internal: [10.0.1.10, 10.0.2.10] }   # in place of DNS, like curl --resolve",
    "#   dns: [10.0.0.2]                                        # resolvers; absent: the system's",
    "#   ca: ./private-ca.pem                                   # issuers to trust beside the usual ones",
    "",
    ...comment(root.targets.description),
    "targets:",
    ...chosen.flatMap((kind) => targetLines(kind, region)).map(indent),
    ...comment(root.loads.description),
    "loads:",
    "  steady:",
    "    engine: node                 # or k6",
    `    targets: [${ids.join(", ")}]`,
    "    rate: 20/s                   # open loop; or  connections: 10  for closed loop",
    "    duration: 1m",
    "    warmup: 5s",
    '    thresholds: ["failures < 0.1%", "reuse > 99%", "stale == 0"]   # also "p99 < 250ms", "p95 < baseline * 1.1"',
    "",
    "# The defaults of everything else:",
    "# compare: { rate: 50/s, duration: 10m, margin: 2ms, principal: default }",
    "# deadlines: { dns: 3s, connect: 5s, tls: 5s, firstByte: 10s, total: 30s }   # per target too",
    "# limits: { maxRate: 2000/s, maxDuration: 1h, allow: [private] }   # a public address is refused unless allowed",
    "",
  ].join("\n");
}

const idOf = ({ kind }: TargetKind): string => `orders-${kind}`;
const indent = (line: string): string => (line === "" ? "" : `  ${line}`);

function targetLines(kind: TargetKind, region: string): readonly string[] {
  return [
    ...comment(`${kind.title}.`),
    `${idOf(kind)}:`,
    ...[
      `kind: ${kind.kind}`,
      ...kind.fields.flatMap((field) => fieldLines(field, region)),
      `auth: ${kind.authDefault.padEnd(5)}# iam signs every request (SigV4), none signs nothing`,
      ...(pathFixed(kind, region) ? [] : ["request: { method: GET, path: / }"]),
      "# expect: { status: 200, body: some text that the answer contains }",
      ...(kind.authDefault === "iam"
        ? [
            "# access: { reader: allowed, ci: { denied: identity-policy }, anonymous: denied }   # by request too",
            "# policies: { identity: { reader: ./reader.json } }   # evaluated offline, held against the wire",
          ]
        : []),
    ].map(indent),
    "",
  ];
}

function pathFixed(kind: TargetKind, region: string): boolean {
  const values = Object.fromEntries(
    kind.fields.flatMap(({ name, example, required }) => (required ? [[name, example]] : [])),
  );
  const place = kind.configure({ values, region, echo: null, deadlines: deadlinesDefault });
  return place.kind === "ok" && place.pathFixed;
}

/** An optional field stands there as a comment. */
function fieldLines({ name, description, example, required }: Field, region: string): readonly string[] {
  const entry = `${name}: ${scalar(inRegion(example, region))}`;
  return [...comment(description), required ? entry : `# ${entry}`];
}

/** Plain where YAML reads it as the same text, else in quotes. */
const scalar = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9:/._-]*$/.test(text) && !/:(?:$|\s)/.test(text) ? text : JSON.stringify(text);

/** Lines of 110 characters at most, broken between words. */
function comment(text: string): readonly string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length < 110) lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `# ${line}`);
}
