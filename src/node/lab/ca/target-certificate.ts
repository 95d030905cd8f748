import type { Effects } from "../fault.ts";
import type { LabTarget } from "../world.ts";
import { type Authority, type Certificate, daysFromNow, type Wanted } from "./authority.ts";

/** The lab's authority, and one that nobody was told to trust. */
export interface Authorities {
  readonly trusted: Authority;
  readonly unknown: Authority;
}

/** The certificate that a target shows: a good one, or wrong in the one way its fault asks for. */
export function targetCertificate(
  target: Pick<LabTarget, "hostname" | "otherNames">,
  effect: Effects["tls"],
  { trusted, unknown }: Authorities,
): Promise<Certificate> {
  const good: Wanted = {
    names: [target.hostname, ...target.otherNames],
    // A day back: the client's clock may be a little behind.
    validFrom: daysFromNow(-1),
    validTo: daysFromNow(90),
  };
  switch (effect) {
    case "wrong-name":
      return trusted.issue({ ...good, names: ["another.example.internal"] });
    case "expired":
      return trusted.issue({ ...good, validFrom: daysFromNow(-90), validTo: daysFromNow(-1) });
    case "unknown-issuer":
      return unknown.issue(good);
    default:
      return trusted.issue(good);
  }
}
