import ipaddr from "ipaddr.js";

/** Where an address lies, as far as anyone can tell from the address. */
export type AddressClass =
  | "loopback"
  /** 10/8, 172.16/12, 192.168/16. */
  | "rfc1918"
  /** 100.64/10 (RFC 6598). */
  | "shared"
  | "link-local"
  /** Within link-local and ULA, the ranges from which VPC Lattice answers. */
  | "lattice"
  /** fc00::/7. */
  | "unique-local"
  /** Unspecified, multicast, broadcast, documentation and other reserved ranges: nothing to connect to. */
  | "reserved"
  | "public"
  | "not-an-address";

const latticeRanges = ["169.254.171.0/24", "fd00:ec2:80::/64"];

/** Whether it is an IPv4 address in four decimal parts, or an IPv6 address without brackets or zone. */
export const isIpAddress = (text: string): boolean => read(text) !== null;

/** Classifies `10.0.1.10`, `fd00::1`, `::ffff:10.0.1.10`; an IPv4 address mapped into IPv6 is that IPv4 address. */
export function classifyAddress(text: string): AddressClass {
  const address = read(text);
  if (address === null) return "not-an-address";
  if (latticeRanges.some((range) => contains(range, address))) return "lattice";
  return classes[address.range()] ?? "reserved";
}

const classes: Readonly<Record<string, AddressClass>> = {
  loopback: "loopback",
  private: "rfc1918",
  carrierGradeNat: "shared",
  linkLocal: "link-local",
  uniqueLocal: "unique-local",
  unicast: "public",
  // Reach IPv4 through a gateway elsewhere: what they hide is not ours to vouch for.
  rfc6052: "public",
  "6to4": "public",
  teredo: "public",
};

const privateClasses: readonly AddressClass[] = [
  "loopback",
  "rfc1918",
  "shared",
  "link-local",
  "lattice",
  "unique-local",
];

/** Whether it lies in loopback, RFC 1918, 100.64/10, link-local or ULA ranges, or in one of `extraRanges` (CIDR). */
export function isPrivateAddress(text: string, extraRanges: readonly string[] = []): boolean {
  const address = read(text);
  if (address === null) return false;
  return privateClasses.includes(classifyAddress(text)) || extraRanges.some((range) => contains(range, address));
}

/**
 * Whether traffic to an address is allowed by `limits.allow`: entries are `private`, `public`, an address or a CIDR range.
 * `extraRanges` (a target kind's `privateRanges`) count as private.
 */
export function isAllowed(text: string, allow: readonly string[], extraRanges: readonly string[] = []): boolean {
  const address = read(text);
  if (address === null) return false;
  return allow.some((entry) => {
    if (entry === "private") return isPrivateAddress(text, extraRanges);
    if (entry === "public") return classifyAddress(text) === "public";
    return contains(entry, address);
  });
}

/** Whether credentials may be asked for at public addresses too: an entry `sts`, which opens nothing to other traffic. */
export const allowsSts = (allow: readonly string[]): boolean => allow.includes("sts");

/** Whether it is an address or a CIDR range. */
export const isRange = (text: string): boolean => readRange(text) !== null;

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function read(text: string): Address | null {
  // ipaddr.js also reads 0x7f.1 and 017; nothing that looks like one thing may be another.
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !(text.includes(":") && ipaddr.IPv6.isValid(text))) return null;
  return text.includes("%") ? null : ipaddr.process(text);
}

function readRange(text: string): { readonly base: Address; readonly bits: number } | null {
  const [written = "", length, ...more] = text.split("/");
  const base = read(written);
  if (base === null || more.length > 0) return null;
  const whole = base.kind() === "ipv4" ? 32 : 128;
  if (length === undefined) return { base, bits: whole };
  // A mapped range (::ffff:10.0.0.0/104) counts its bits in IPv6.
  const mapped = base.kind() === "ipv4" && written.includes(":");
  const bits = /^\d{1,3}$/.test(length) ? Number(length) - (mapped ? 96 : 0) : -1;
  return bits >= 0 && bits <= whole ? { base, bits } : null;
}

function contains(range: string, address: Address): boolean {
  const read = readRange(range);
  return read !== null && read.base.kind() === address.kind() && address.match(read.base, read.bits);
}
