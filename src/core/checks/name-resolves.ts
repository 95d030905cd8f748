import { isIpAddress } from "#core/targets/address-class.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { list, said } from "./judge/say.ts";

export const nameResolves: Check = {
  id: "name-resolves",
  group: "network",
  title: "The name resolves",
  why: "Without an address nothing else can be tried. A name that does not resolve is misspelt, not yet created, or asked of a resolver outside the VPC.",
  needs: [],
  alone: false,
  notFor({ origin, pinned }) {
    if (isIpAddress(origin.host)) return "its host is an address, so there is no name to resolve";
    return pinned === null ? null : "its name is pinned in `network.resolve`";
  },
  script: () => [askFor("resolve", { until: "resolved" })],
  judge([only], target) {
    if (only === undefined) return inconclusive("the name was not asked for");
    const { outcome } = only;
    const measures = { ...phaseMeasures([only], "dnsMs"), addresses: only.addresses.length };
    // Where its addresses lie is the next check's question.
    if (outcome.kind === "failed" && outcome.failure.kind === "address-not-allowed") {
      const { addresses } = outcome.failure;
      return pass(`${target.origin.host} resolves to ${list(addresses)}`, { ...measures, addresses: addresses.length });
    }
    if (outcome.kind === "failed") return failBy([only], target, { summary: `${target.origin.host} ${said(only)}` });
    return pass(`${target.origin.host} resolves to ${list(only.addresses)}`, measures);
  },
};
