import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { files, profiles } from "./lab-config.ts";
import { policyFolder } from "./policy-files.ts";
import type { LabCredentials } from "./world.ts";

export interface Contents {
  readonly config: string;
  readonly authorityPem: string;
  readonly credentials: LabCredentials;
  readonly endedCredentials: LabCredentials;
  /** By profile. */
  readonly others: Readonly<Record<string, LabCredentials>>;
  /** JSON by file name. */
  readonly policies: Readonly<Record<string, string>>;
}

export interface Written {
  /** Absolute. */
  readonly configFile: string;
  /** Removes the files, and the folder where it was made here. */
  remove(): Promise<void>;
}

/** Writes what clients of the lab need, for this user's eyes only. */
export async function writeFiles(directory: string, contents: Contents): Promise<Written> {
  const folder = resolve(directory);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  const put = async (name: string, text: string): Promise<void> => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    // The mode above is for new files only.
    await chmod(path, 0o600);
  };
  await put(files.config, contents.config);
  await put(files.authority, contents.authorityPem);
  await put(
    files.credentials,
    [
      profile(profiles.valid, contents.credentials),
      profile(profiles.ended, contents.endedCredentials),
      ...Object.entries(contents.others).map(([name, credentials]) => profile(name, credentials)),
    ].join(""),
  );
  await mkdir(join(folder, policyFolder), { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(contents.policies)) await put(join(policyFolder, name), text);
  return {
    configFile: join(folder, files.config),
    async remove() {
      for (const name of Object.values(files)) await rm(join(folder, name), { force: true });
      await rm(join(folder, policyFolder), { recursive: true, force: true });
      if (made !== undefined) await rm(made, { recursive: true, force: true });
    },
  };
}

/** One profile of an AWS shared credentials file. */
const profile = (name: string, { accessKeyId, secretAccessKey, sessionToken }: LabCredentials): string =>
  [
    `[${name}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `aws_session_token = ${sessionToken}`,
    "",
    "",
  ].join("\n");
