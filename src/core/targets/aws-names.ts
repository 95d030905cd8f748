// What AWS's host names say of themselves.

interface Partition {
  /** As ARNs have it. */
  readonly id: string;
  /** How the names of its Regions begin. */
  readonly regions: RegExp;
  /** The suffix of its APIs, and the one where they have IPv6 too. */
  readonly suffix: string;
  readonly dualStack: string;
}

const commercial: Partition = { id: "aws", regions: /^/, suffix: "amazonaws.com", dualStack: "api.aws" };

// https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json; what is none of these is commercial.
const partitions: readonly Partition[] = [
  { id: "aws-cn", regions: /^cn-/, suffix: "amazonaws.com.cn", dualStack: "api.amazonwebservices.com.cn" },
  { id: "aws-us-gov", regions: /^us-gov-/, suffix: "amazonaws.com", dualStack: "api.aws" },
  { id: "aws-eusc", regions: /^eusc-/, suffix: "amazonaws.eu", dualStack: "api.amazonwebservices.eu" },
  { id: "aws-iso", regions: /^us-iso-/, suffix: "c2s.ic.gov", dualStack: "api.aws.ic.gov" },
  { id: "aws-iso-b", regions: /^us-isob-/, suffix: "sc2s.sgov.gov", dualStack: "api.aws.scloud" },
  { id: "aws-iso-e", regions: /^eu-isoe-/, suffix: "cloud.adc-e.uk", dualStack: "api.cloud-aws.adc-e.uk" },
  { id: "aws-iso-f", regions: /^us-isof-/, suffix: "csp.hci.ic.gov", dualStack: "api.aws.hci.ic.gov" },
  commercial,
];

const partitionOf = (region: string): Partition => partitions.find(({ regions }) => regions.test(region)) ?? commercial;

/** The suffix of AWS's API names in a Region. @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const apiSuffix = (region: string): string => partitionOf(region).suffix;

/** As the ARNs of a Region have it: `aws`, `aws-cn`. */
export const partitionId = (region: string): string => partitionOf(region).id;

const either = (suffixes: readonly string[]): string =>
  `(?:${[...new Set(suffixes)].map((one) => one.replaceAll(".", "\\.")).join("|")})`;
const api = either(partitions.map(({ suffix }) => suffix));
const anyApi = either(partitions.flatMap(({ suffix, dualStack }) => [suffix, dualStack]));
const region = "([a-z0-9-]+)";

type AwsService = "lambda" | "execute-api" | "vpc-lattice-svcs" | "elb";

const patterns: readonly (readonly [AwsService, RegExp])[] = [
  ["lambda", new RegExp(`^lambda(?:-fips)?\\.${region}\\.${anyApi}$`)],
  ["lambda", new RegExp(`\\.lambda\\.${region}\\.vpce\\.${api}$`)],
  ["execute-api", new RegExp(`\\.execute-api\\.${region}\\.(?:vpce\\.)?${anyApi}$`)],
  // Those of China and the European Sovereign Cloud by analogy with their other names: [recalled].
  [
    "vpc-lattice-svcs",
    new RegExp(
      `\\.vpc-lattice-svcs\\.${region}\\.on\\.${either(["aws", "amazonwebservices.com.cn", "amazonwebservices.eu"])}$`,
    ),
  ],
  ["elb", new RegExp(`\\.${region}\\.elb\\.${api}$`)],
  ["elb", new RegExp(`\\.elb\\.${region}\\.${api}$`)],
];

/** Whose a name of AWS's own is, and in which Region; null for other names. */
export function readAwsName(host: string): { readonly service: AwsService; readonly region: string } | null {
  for (const [service, pattern] of patterns) {
    const named = pattern.exec(host)?.[1];
    if (named !== undefined) return { service, region: named };
  }
  return null;
}

/** The Region that a name of AWS's own bears; null for other names. */
export const regionOfHost = (host: string): string | null => readAwsName(host)?.region ?? null;

/** Whether it is the name of an endpoint in one zone: `vpce-ID-SUFFIX-eu-west-1a.…`, `eu-west-1a.internal-NAME.…elb…`. */
export const isZonalName = (host: string): boolean =>
  /^vpce-[0-9a-z]+-[0-9a-z]+-[0-9a-z-]+\.[a-z-]+\.[a-z0-9-]+\.vpce\./.test(host) || zonalBalancer.test(host);

const zonalBalancer = new RegExp(`^[a-z]{2,4}(?:-[a-z]+)+-\\d[a-z]\\..+\\.elb\\.(?:[a-z0-9-]+\\.)?${api}$`);
