import type { Target } from "#core/targets/target.ts";

/** Why a check of refusals does not apply, in a clause; null when it does. */
export function noRefusals({ auth, kind }: Target): string | null {
  if (auth === "none") return "it is meant to answer without a signature (`auth: none`)";
  if (!kind.authenticates) return `signatures are not verified by this kind of way in (${kind.title})`;
  return null;
}

export function noEcho({ echo, requests: [main] }: Target): string | null {
  if (echo === null) return "the reference echo function does not stand behind it (`echo`)";
  return main.expect.denied === undefined ? null : "its main request is meant to be refused";
}
