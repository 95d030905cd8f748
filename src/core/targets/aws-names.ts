// What AWS's host names say of themselves.

const regionPatterns = [
  /^lambda(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/,
  /\.lambda\.([a-z0-9-]+)\.vpce\.amazonaws\.com(?:\.cn)?$/,
  /\.execute-api\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/,
  /\.vpc-lattice-svcs\.([a-z0-9-]+)\.on\.aws$/,
  /\.([a-z0-9-]+)\.elb\.amazonaws\.com(?:\.cn)?$/,
];

/** The Region that a name of AWS's own bears; null for other names. */
export function regionOfHost(host: string): string | null {
  for (const pattern of regionPatterns) {
    const region = pattern.exec(host)?.[1];
    if (region !== undefined) return region;
  }
  return null;
}

/** Whether it is the name of an endpoint in one zone: `vpce-ID-SUFFIX-eu-west-1a.…`, `eu-west-1a.internal-NAME.…elb…`. */
export const isZonalName = (host: string): boolean =>
  /^vpce-[0-9a-z]+-[0-9a-z]+-[0-9a-z-]+\.[a-z-]+\.[a-z0-9-]+\.vpce\./.test(host) ||
  /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]\..+\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com/.test(host);

/** The suffix of AWS's API names in a Region. @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const apiSuffix = (region: string): string => (region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com");
