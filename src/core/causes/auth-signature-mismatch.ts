import type { Cause } from "./cause.ts";
import { differences, parseCanonical, printedCanonical } from "./recognise/canonical.ts";
import { type Reply, wasAnswered } from "./recognise/replies.ts";
import { saying, signatureConfidence } from "./recognise/saying.ts";
import { sighting } from "./recognise/sighting.ts";
import { tellings } from "./recognise/telling.ts";
import { quote } from "./words/quote.ts";

export const authSignatureMismatch: Cause = {
  code: "auth-signature-mismatch",
  layer: "signing",
  title: "The signature is not the one the service computes",
  explanation:
    "Both sides compute a signature over the same request, and they differ: the request was changed on the way, one side encodes its path or query differently, the body's hash is another, or the secret key is wrong. Most services print the canonical request they computed; pathproof compares it with its own line by line and says which part differs.",
  remedy: () =>
    "Compare the part that differs, if the evidence names one: a changed header, path or query means a proxy or gateway on the way rewrites requests, and signing must be the last hop. Otherwise check in this order: that Host on the wire is the host that was signed, port included; that the path is encoded once more for signing (an alias's colon becomes %253A); that the hashed body is the body sent; that the secret belongs to the access key id; that the session token was sent and signed; that the query is sorted and encoded by RFC 3986.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) =>
    sighting(
      signatureConfidence(target),
      saying(exchanges, target, tellings["auth-signature-mismatch"])
        // Lattice refuses signed payloads under the same error type.
        .filter(({ said }) => !otherComplaint.test(said.message))
        .flatMap((reply) => [wasAnswered(reply, target), ...compared(reply), ...reference(reply)]),
    ),
};
const otherComplaint =
  /Signed payloads are not supported|Credential should be scoped|Signature expired|Signature not yet current|Date in Credential scope/i;

function compared({ exchange, said }: Reply): readonly string[] {
  const theirs = printedCanonical(said.message);
  const ours = exchange.sent.canonicalRequest === null ? null : parseCanonical(exchange.sent.canonicalRequest);
  if (theirs === null || ours === null) return [];
  const found = differences(ours, theirs);
  if (found.length === 0)
    return [
      "The service computed the same canonical request, so the secret key, the session token or the signature itself is wrong.",
    ];
  return found.map(
    ({ part, ours, theirs }) =>
      `The ${part} differs: signed here ${shown(ours)}, computed by the service ${shown(theirs)}.`,
  );
}

/** What AWS's own signer makes of the same request tells a fault of ours from one on the way or in the secret. */
function reference({ exchange }: Reply): readonly string[] {
  const agrees = exchange.sent.agreesWithReference ?? null;
  if (agrees === null) return [];
  return [
    agrees
      ? "AWS's own signer (@aws-sdk/signature-v4) makes the same signature of this request, so what differs is the secret key or came about on the way."
      : "AWS's own signer (@aws-sdk/signature-v4) makes another signature of this request: pathproof's signing is at fault, please report it.",
  ];
}

const shown = (value: string | null): string => (value === null ? "as absent" : quote(value, 160));
