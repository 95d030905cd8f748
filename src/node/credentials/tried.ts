import type { CredentialsSource } from "#core/config/config.ts";
import { apiSuffix } from "#core/targets/aws-names.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The places a source looks in, in its order and with what speaks against each: names of variables only, no values. */
export function placesTried(source: CredentialsSource, env: Environment): readonly string[] {
  const has = (name: string): boolean => (env[name] ?? "") !== "";
  const set = (name: string): string => (has(name) ? `${name}, set` : `${name}, not set`);
  if (source.kind === "environment") {
    const { prefix } = source;
    return [`the environment (${set(`${prefix}_ACCESS_KEY_ID`)}; ${set(`${prefix}_SECRET_ACCESS_KEY`)})`];
  }
  if (source.kind === "role") {
    const at = source.endpoint ?? `sts.${source.region}.${apiSuffix(source.region)}`;
    return [
      `sts:AssumeRole of ${source.roleArn} at ${at}, as whoever comes from ${placesTried(source.from, env).join("; ")}`,
    ];
  }
  if (source.kind === "profile") {
    const file = source.file ?? "the shared config and credentials files";
    return [`profile ${source.profile} of ${file}`];
  }
  const profile = env["AWS_PROFILE"] ?? "default";
  return [
    has("AWS_PROFILE")
      ? "the environment (passed over, since AWS_PROFILE is set)"
      : `the environment (${set("AWS_ACCESS_KEY_ID")}; ${set("AWS_SECRET_ACCESS_KEY")})`,
    `profile ${profile} of the shared config and credentials files, SSO and credential_process included`,
    `web identity (${set("AWS_WEB_IDENTITY_TOKEN_FILE")})`,
    lastResort(has),
  ];
}

function lastResort(has: (name: string) => boolean): string {
  const container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"].find(has);
  if (container !== undefined) return `the container's credentials endpoint (${container}, set)`;
  return has("AWS_EC2_METADATA_DISABLED")
    ? "instance metadata (AWS_EC2_METADATA_DISABLED, set)"
    : "instance metadata at 169.254.169.254";
}
