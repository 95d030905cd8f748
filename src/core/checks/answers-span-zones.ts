import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { list, said } from "./judge/say.ts";

/** An endpoint may answer with one address at a time, in turn; a few questions show more of them. */
const questions = 4;

export const answersSpanZones: Check = {
  id: "answers-span-zones",
  group: "network",
  title: "The name leads into more than one Availability Zone",
  why: "A way in with an address in one zone only is lost when that zone is impaired.",
  needs: ["answers-are-private"],
  alone: false,
  notFor({ pinned, zonesExpected }) {
    if (pinned !== null) return "its name is pinned in `network.resolve`";
    return zonesExpected ? null : "its name is not one that leads into several zones";
  },
  script: () => Array.from({ length: questions }, (_, index) => askFor(`resolve ${index + 1}`, { until: "resolved" })),
  judge(exchanges, target) {
    const { host } = target.origin;
    const [first] = exchanges;
    if (first === undefined) return inconclusive("the name was not asked for");
    const addresses = [...new Set(exchanges.flatMap((exchange) => exchange.addresses))];
    if (addresses.length === 0) return failBy(exchanges, target, { summary: `${host} ${said(first)}` });
    const measures = { addresses: addresses.length };
    const summary = `${host} leads to ${list(addresses)}`;
    return mostOfAFamily(addresses) > 1
      ? pass(summary, measures)
      : failBy(exchanges, target, { summary: `${summary} only`, otherwise: "dns-one-zone-only", measures });
  },
};

/** An IPv4 and an IPv6 address may well belong to one network interface: zones are counted within a family. */
function mostOfAFamily(addresses: readonly string[]): number {
  const ofV6 = addresses.filter((address) => address.includes(":")).length;
  return Math.max(ofV6, addresses.length - ofV6);
}
