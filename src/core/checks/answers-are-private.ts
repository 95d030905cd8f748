import { diagnose } from "#core/causes/diagnose.ts";
import { frontOf } from "#core/causes/recognise/front.ts";
import { classifyAddress } from "#core/targets/address-class.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy, failWith } from "./judge/fail-by.ts";
import { list, said } from "./judge/say.ts";

export const answersArePrivate: Check = {
  id: "answers-are-private",
  group: "network",
  title: "The name leads to private addresses only",
  why: "A public answer means that traffic would leave the VPC although everything else may work. Nothing is sent to an address that `limits.allow` does not allow.",
  needs: ["name-resolves"],
  alone: false,
  notFor: (target) => (frontOf(target) === null ? "a plain origin may be public where `limits.allow` has it" : null),
  script: () => [askFor("resolve", { until: "resolved" })],
  judge([only], target) {
    if (only === undefined) return inconclusive("the name was not asked for");
    const { host } = target.origin;
    if (only.outcome.kind === "failed")
      return failBy([only], target, { summary: `${host} ${said(only)}`, otherwise: "dns-public-address" });
    const isPublic = diagnose([only], target).find(({ code }) => code === "dns-public-address");
    if (isPublic !== undefined)
      return failWith(isPublic, { summary: `${host} leads to ${list(only.addresses)}: not all of them are private` });
    const classes = [...new Set(only.addresses.map((address) => classWord(address)))];
    return pass(`${host} leads to ${list(only.addresses)} (${list(classes)})`, { addresses: only.addresses.length });
  },
};

const classWord = (address: string): string => {
  const found = classifyAddress(address);
  return found === "lattice" ? "link-local, VPC Lattice" : found;
};
