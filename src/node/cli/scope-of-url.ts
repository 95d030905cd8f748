import { isRegion, regionOfEnvironment } from "#core/config/region.ts";
import { readAwsName } from "#core/targets/aws-names.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { type Call, CliError, textOption } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

const services = "lambda, execute-api, vpc-lattice-svcs";

/**
 * What a URL is to be signed for: as the options say, else as AWS's own name of the host does, the Region else as the environment has
 * it. `doubt`: where options and name differ.
 *
 * @throws CliError that names what is missing
 */
export function scopeOfUrl(call: Call, host: string): { readonly scope: SigningScope; readonly doubt: string | null } {
  const named = readAwsName(host);
  const service = textOption(call, "service") ?? (named?.service === "elb" ? null : (named?.service ?? null));
  const region = textOption(call, "region") ?? named?.region ?? regionOfEnvironment(call.env);
  if (region !== null && !isRegion(region))
    throw new CliError(exitCodes.usage, `sign: --region: expected a Region such as eu-west-1, got "${region}"`);
  const missing = [
    ...(service === null ? [`for which service: --service (${services})`] : []),
    ...(region === null ? ["for which Region: --region, or AWS_REGION"] : []),
  ];
  if (service === null || region === null)
    throw new CliError(
      exitCodes.usage,
      named?.service === "elb"
        ? `sign: ${host} is a load balancer, which reads no signature; if what stands behind it does, say ${missing.join(", and ")}`
        : `sign: the name ${host} does not say ${missing.join(", and ")}`,
    );
  const unsigned = service === "vpc-lattice-svcs" || call.options["unsignedPayload"] === true;
  const differs = named !== null && named.service !== "elb" && (named.service !== service || named.region !== region);
  return {
    scope: { service, region, payload: unsigned ? "unsigned" : "signed" },
    doubt: differs
      ? `signed for ${service} in ${region}, but ${host} is a name of ${named.service} in ${named.region}, which will refuse it`
      : null,
  };
}
