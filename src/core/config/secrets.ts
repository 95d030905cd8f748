import type { Path } from "./problem.ts";
import { type Complaint, isMapping } from "./shape.ts";

/** Keys under which people put secrets. */
export const secretKey =
  /^(?:aws[_-]?)?(?:access[_-]?key(?:[_-]?id)?|secret(?:[_-]?access)?(?:[_-]?key)?|(?:session|security)[_-]?token|password|passphrase|token|private[_-]?key)$/i;

/** Request headers that carry secrets. */
export const secretHeader = /^(?:authorization|proxy-authorization|cookie|x-api-key|x-amz-security-token)$/i;

export const secretAdvice =
  "no secret in the config: leave credentials to the environment, a role or a shared credentials file, and name its profile in `credentials.profile`";

/** Secret headers written out; `${NAME}` keeps them in the environment. `input` is the config as written. */
export function literalSecrets(input: unknown, path: Path = []): readonly Complaint[] {
  if (Array.isArray(input)) return input.flatMap((item, index) => literalSecrets(item, [...path, index]));
  if (!isMapping(input)) return [];
  return Object.entries(input).flatMap(([key, value]) => {
    const here = [...path, key];
    const literal = typeof value === "string" && !/\$\{\w+\}/.test(value);
    if (path.at(-1) !== "headers" || !literal || !secretHeader.test(key)) return literalSecrets(value, here);
    const expected = `no secret in the config: write \${NAME}, and set that environment variable`;
    return [{ path: here, expected, got: "a value that is not shown" }];
  });
}
