import type { CredentialsSource } from "./config.ts";
import { filePath, resolvePath } from "./file-path.ts";
import { object, optional, type Values } from "./object.ts";
import { principalArn } from "./principal-arn.ts";
import type { Path } from "./problem.ts";
import { line } from "./scalar.ts";
import { ok, type Read, refuse, type Shape } from "./shape.ts";

export const profileName = line('a profile\'s name such as "prod"', "prod");

const fields = {
  profile: optional(profileName, "The profile to sign with; absent: the SDK's default chain."),
  file: optional(
    filePath("./credentials"),
    "A shared credentials file other than the usual one; relative to the config.",
  ),
  endedProfile: optional(
    line('a profile\'s name such as "ended"', "ended"),
    "A profile whose session has ended, to prove that ended sessions are refused.",
  ),
  arn: optional(principalArn, "Whom these credentials belong to; only for policies to be evaluated offline."),
};

export type WrittenCredentials = Values<typeof fields>;

const written = object(fields);

/** A file or an ended profile says nothing without a profile beside it. */
export const credentialsShape: Shape<WrittenCredentials> = {
  schema: { ...written.schema, anyOf: [{ required: ["profile"] }, { required: ["arn"] }] },
  read(input, path) {
    const read = written.read(input, path);
    return read.kind === "ok" ? needsProfile(read.value, path) : read;
  },
};

function needsProfile(value: WrittenCredentials, path: Path): Read<WrittenCredentials> {
  const alone = value.file === null && value.endedProfile === null && value.arn !== null;
  return value.profile !== null || alone
    ? ok(value)
    : refuse([...path, "profile"], 'a profile\'s name such as "prod"', "nothing");
}

/** The profile that is named, or the SDK's default chain. */
export function credentialsSource(written: WrittenCredentials | null, directory: string): CredentialsSource {
  if (written === null || written.profile === null) return { kind: "default-chain" };
  const { profile, file, endedProfile } = written;
  return { kind: "profile", profile, file: file === null ? null : resolvePath(directory, file), endedProfile };
}
