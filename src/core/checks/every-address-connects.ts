import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { list, said, sayLeftOut } from "./judge/say.ts";

export const everyAddressConnects: Check = {
  id: "every-address-connects",
  group: "network",
  title: "Every address takes a TCP connection",
  why: "Security groups, network ACLs, routes and impaired zones show here, address by address: a client that happens to use a working one notices nothing.",
  needs: ["answers-are-private"],
  alone: false,
  notFor: () => null,
  script: () => [askFor("connect", { until: "connected", address: "each" })],
  judge(exchanges, target) {
    if (exchanges.length === 0) return inconclusive("there was no address to connect to");
    const down = exchanges.filter(({ outcome }) => outcome.kind === "failed");
    const measures = {
      ...phaseMeasures(exchanges, "connectMs"),
      addresses: exchanges.length,
      addressesConnected: exchanges.length - down.length,
    };
    const { port } = target.origin;
    const leftOut = sayLeftOut(exchanges);
    if (down.length === 0) {
      const addresses = exchanges.map(({ address }) => address ?? "?");
      const summary = `${list(addresses)} took a connection on port ${port}`;
      return leftOut === "" ? pass(summary, measures) : inconclusive(`${summary}${leftOut}`, null, measures);
    }
    const summary = list(down.map((exchange) => `${exchange.address ?? target.origin.host} ${said(exchange)}`));
    return failBy(exchanges, target, { summary: `${summary} (port ${port})${leftOut}`, measures });
  },
  // One dead zone does not keep the rest from being known.
  goOnAt: (exchanges) =>
    exchanges.flatMap(({ outcome, address }) => (outcome.kind === "connected" && address !== null ? [address] : [])),
};
