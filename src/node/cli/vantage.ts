import { hostname, release, type } from "node:os";
import type { Vantage } from "#core/reporters/run-report.ts";
import { version } from "./version.ts";

/**
 * Where this run is made from, told by the process alone: asking the instance metadata service would be traffic nobody
 * asked for. Container and function runtimes say region and zone in the environment.
 */
export function readVantage(env: Readonly<Record<string, string | undefined>>): Vantage {
  return {
    hostname: hostname(),
    node: process.version,
    os: `${type()} ${release()} ${process.arch}`,
    pathproof: version,
    region: env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? null,
    az: env["PATHPROOF_AZ"] ?? null,
    instanceId: env["PATHPROOF_INSTANCE_ID"] ?? null,
    vpcId: env["PATHPROOF_VPC_ID"] ?? null,
  };
}
