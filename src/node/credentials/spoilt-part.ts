import type { Found } from "./found.ts";

/** What cannot be sent as it is, and is part of no key, in a clause; null where all is well. A file's line end, mostly. */
export function spoiltPart({ accessKeyId, secretAccessKey, sessionToken }: Found): string | null {
  const parts = { "access key id": accessKeyId, "secret access key": secretAccessKey, "session token": sessionToken };
  const [name] = Object.entries(parts).find(([, part]) => part !== undefined && !speakable.test(part)) ?? [];
  return name === undefined
    ? null
    : `the ${name} that was found begins or ends with a space, or holds a line end or another character that no header carries`;
}

const speakable = /^[!-~](?:[ -~]*[!-~])?$/;
