import type { CredentialsSource } from "./config.ts";
import { filePath, resolvePath } from "./file-path.ts";
import { object, optional, required, type Values } from "./object.ts";
import { line } from "./scalar.ts";

const fields = {
  profile: required(line('a profile\'s name such as "prod"', "prod"), "The profile to sign with."),
  file: optional(
    filePath("./credentials"),
    "A shared credentials file other than the usual one; relative to the config.",
  ),
  endedProfile: optional(
    line('a profile\'s name such as "ended"', "ended"),
    "A profile whose session has ended, to prove that ended sessions are refused.",
  ),
};

export const credentialsShape = object(fields);

/** The profile that is named, or the SDK's default chain. */
export function credentialsSource(written: Values<typeof fields> | null, directory: string): CredentialsSource {
  if (written === null) return { kind: "default-chain" };
  const { profile, file, endedProfile } = written;
  return { kind: "profile", profile, file: file === null ? null : resolvePath(directory, file), endedProfile };
}
