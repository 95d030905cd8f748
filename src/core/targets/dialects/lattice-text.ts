import type { Fact } from "#core/facts.ts";
import { deniedText } from "./denied-text.ts";
import type { Dialect, Refusal, Said } from "./dialect.ts";
import { type Seen, said, seen, statusText } from "./said.ts";
import { signatureComplaint } from "./signature-text.ts";
import { sources } from "./sources.ts";

const recorded = seen("code", sources.eksWorkshop);
const documented = seen("doc", sources.latticeStatus);
const recalled = seen("recalled", sources.latticeStatus);

/** One line of plain text, no newline: the recordings show `Code: message`, never JSON. */
const line = (status: number, text: string, where: Seen): Fact<Said> =>
  said(status, [["content-type", "text/plain"]], text, where);

/** Nothing is known of the body of Lattice's own 4xx and 5xx answers; we take it to be empty. */
const empty = (status: number, where: Seen): Fact<Said> => said(status, [], "", where);

/** VPC Lattice. */
export const latticeText: Dialect = {
  say(refusal) {
    const complaint = signatureComplaint(refusal);
    if (complaint === null) return sayOther(refusal);
    if (refusal.kind === "auth-missing") return anonymous;
    // Only the refusal of signed payloads has been recorded for Lattice; the rest borrows what other services say.
    const where = refusal.kind === "payload-signed" ? complaint.seen : seen("recalled", sources.latticeSigning);
    return line(403, `${complaint.code}: ${complaint.message}`, where);
  },
};

/** Lattice has no words for a missing token: an unsigned caller is `anonymous`, and a policy refuses it. */
const anonymous = line(
  403,
  "AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke",
  seen("recalled", sources.latticeAuth),
);

function sayOther(refusal: Refusal): Fact<Said> {
  switch (refusal.kind) {
    case "denied":
      return line(
        403,
        `AccessDeniedException: ${deniedText(refusal)}`,
        refusal.explicit ? seen("recalled", sources.latticeAuth) : recorded,
      );
    case "not-identified":
      return empty(404, documented);
    case "unknown-route":
    case "no-route":
      return empty(404, seen("doc", sources.latticeListeners));
    case "fixed":
      return empty(refusal.status, seen("recalled", sources.latticeListeners));
    case "headers-too-large":
      return empty(400, documented);
    case "payload-too-large":
      return empty(413, seen("recalled", sources.latticeLambda));
    case "target-unreachable":
      return line(500, statusText(500), documented);
    case "throttled":
    case "quota-exceeded":
      return line(429, statusText(429), recalled);
    case "no-targets":
      return line(503, statusText(503), recalled);
    case "target-timeout":
    case "integration-timeout":
      return line(504, statusText(504), recalled);
    default:
      return line(502, statusText(502), recalled);
  }
}
