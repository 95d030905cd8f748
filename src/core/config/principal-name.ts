import { anonymousPrincipal } from "#core/targets/access.ts";
import type { Path } from "./problem.ts";
import { text } from "./scalar.ts";
import { ok, type Read, refuse } from "./shape.ts";
import { oneOf, perhaps } from "./suggest.ts";

/** Who is to ask. */
export const principalName = text({
  expected: "the name of a principal",
  pattern: /^[\w.-]{1,64}$/,
  example: "reader",
});

export const principalNote =
  "Who signs: a name of `principals`; `anonymous` does not. What they may do stands under `access` of each target.";

/** @param principals names, `default` among them */
export function knownPrincipal(name: string, path: Path, principals: readonly string[]): Read<null> {
  const known = [...principals, anonymousPrincipal];
  return known.includes(name)
    ? ok(null)
    : refuse(path, `the name of a principal, one of ${oneOf(known)}${perhaps(name, known)}`);
}
