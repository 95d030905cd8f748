import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";

/** Every variable the SDK's default chain reads. */
const variables = [
  "AWS_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_ROLE_ARN",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
] as const;

/** For one test: an environment without credentials, with an empty home and no instance metadata, and what is given. */
export function useEnvironment(given: Readonly<Record<string, string>> = {}): { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-credentials-"));
  for (const name of variables) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", folder);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder };
}

/** Writes a shared credentials file and gives its path. */
export function writeProfiles(
  folder: string,
  name: string,
  profiles: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  const path = join(folder, name);
  const text = Object.entries(profiles).map(([profile, settings]) =>
    [`[${profile}]`, ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`)].join("\n"),
  );
  writeFileSync(path, `${text.join("\n\n")}\n`, { mode: 0o600 });
  return path;
}
