import type { Found } from "./found.ts";

/**
 * `CI_AWS` for `CI_AWS_ACCESS_KEY_ID`, `CI_AWS_SECRET_ACCESS_KEY` and, where there is one, `CI_AWS_SESSION_TOKEN`.
 *
 * @throws Error that names the first variable that is missing
 */
export function fromVariables(prefix: string, env: Readonly<Record<string, string | undefined>>): Found {
  const read = (name: string): string => {
    const value = env[`${prefix}_${name}`] ?? "";
    if (value === "") throw new Error(`${prefix}_${name} is not set`);
    return value;
  };
  const sessionToken = env[`${prefix}_SESSION_TOKEN`] ?? "";
  return {
    accessKeyId: read("ACCESS_KEY_ID"),
    secretAccessKey: read("SECRET_ACCESS_KEY"),
    ...(sessionToken === "" ? {} : { sessionToken }),
  };
}
