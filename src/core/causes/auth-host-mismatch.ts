import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { parseCanonical, printedCanonical } from "./recognise/canonical.ts";
import { type Reply, wasAnswered } from "./recognise/replies.ts";
import { saying } from "./recognise/saying.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { quote } from "./words/quote.ts";

export const authHostMismatch: Cause = {
  code: "auth-host-mismatch",
  layer: "signing",
  title: "The service sees another Host than was signed",
  explanation:
    "The host header is always part of the signature. A proxy, a custom domain, a Host override or a port that is left out makes the service see another one than the client signed. Where the service prints the request it computed, the difference is seen; where it does not, this is one possibility among several.",
  remedy: (target) =>
    `Sign the host exactly as it is sent${byKind(target, {
      lattice: ": the custom domain name when that is called, and with the port when it is not the scheme's own",
      "api-gateway": ": with `sendAs: host` the API's own name, with `sendAs: x-apigw-api-id` the endpoint's name",
      other: ", with the port when it is not the scheme's own",
    })}. If it leaves here so, look for a proxy or gateway on the way that rewrites Host, and let it keep the header or sign after it.`,
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html",
  trust: "doc",
  refines: ["auth-signature-mismatch", "unexpected-status"],
  recognise(exchanges, target) {
    const mismatches = saying(exchanges, target, { text: /request signature we calculated does not match/i });
    const unsigned = saying(exchanges, target, { text: /'?Host'? must be a '?SignedHeader/i });
    return (
      sighting("certain", [
        ...mismatches.flatMap((reply) => seenHost(reply)),
        ...unsigned.map((reply) => wasAnswered(reply, target)),
      ]) ??
      sighting(
        "possible",
        mismatches.filter(printsNothing).map((reply) => mayDiffer(reply, target)),
      )
    );
  },
};

function seenHost({ exchange, said }: Reply): readonly string[] {
  const theirs = printedCanonical(said.message)?.headers.get("host");
  const canonical = exchange.sent.canonicalRequest;
  const ours = (canonical === null ? undefined : parseCanonical(canonical)?.headers.get("host")) ?? exchange.sent.host;
  if (theirs === undefined || theirs === ours) return [];
  return [`Signed here for host ${quote(ours)}; the service computed its signature for host ${quote(theirs)}.`];
}

const printsNothing = ({ said }: Reply): boolean => printedCanonical(said.message) === null;

const mayDiffer = ({ exchange }: Reply, { origin }: Target): string =>
  `The service does not print the request it computed; host ${quote(exchange.sent.host)} was signed and sent towards ${origin.host}.`;
