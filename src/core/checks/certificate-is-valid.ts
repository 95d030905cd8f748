import type { Exchange } from "#core/observations/exchange.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { list, said } from "./judge/say.ts";

const dayMs = 86_400_000;

export const certificateIsValid: Check = {
  id: "certificate-is-valid",
  group: "tls",
  title: "The certificate is trusted, for this name, and not about to expire",
  why: "Every address presents a certificate of its own; one that is forgotten in one zone, or ends next week, stops every client at once.",
  needs: ["every-address-connects"],
  alone: false,
  notFor: ({ origin }) => (origin.scheme === "https" ? null : "it is plain HTTP"),
  script: () => [askFor("handshake", { until: "secured", address: "each" })],
  judge(exchanges, target) {
    const [first] = exchanges;
    if (first === undefined) return inconclusive("there was no address to shake hands with");
    const failed = exchanges.filter(({ outcome }) => outcome.kind === "failed");
    const name = target.serverName ?? target.origin.host;
    const daysLeft = fewestDaysLeft(exchanges);
    const measures = {
      ...phaseMeasures(exchanges, "tlsMs"),
      ...(daysLeft === null ? {} : { certificateDaysLeft: daysLeft }),
    };
    if (failed.length > 0) {
      const summary = list(failed.map((exchange) => `${exchange.address ?? target.origin.host} ${said(exchange)}`));
      return failBy(exchanges, target, { summary: `${summary} (asked for ${name})`, measures });
    }
    if (daysLeft === null) return inconclusive("the certificate could not be read", null, measures);
    const summary = `the certificate for ${name} is trusted and has ${daysLeft} days left`;
    if (daysLeft >= target.certificateDaysMin) return pass(`${summary} (${first.tls?.version ?? "TLS"})`, measures);
    return failBy(exchanges, target, {
      summary: `${summary}; the config wants ${target.certificateDaysMin} at least`,
      otherwise: "tls-expired",
      measures,
    });
  },
  // A certificate that is about to end works until then.
  goOnAt: (exchanges) =>
    exchanges.flatMap(({ outcome, address }) => (outcome.kind === "secured" && address !== null ? [address] : [])),
};

/** Whole days until the first certificate ends; null when none was seen. */
function fewestDaysLeft(exchanges: readonly Exchange[]): number | null {
  const days = exchanges.flatMap(({ at, tls }) =>
    tls === null ? [] : [Math.floor((Date.parse(tls.validTo) - Date.parse(at)) / dayMs)],
  );
  return days.length === 0 ? null : Math.min(...days);
}
