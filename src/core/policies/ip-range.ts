import ipaddr from "ipaddr.js";

type Address = ReturnType<typeof ipaddr.process>;

/** Not `ipaddr.isValid`: that one also takes `10` and `0x7f.1` for addresses. */
const isAddress = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);

const isCidr = (text: string): boolean => ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);

/** A range as CIDR, or one address: `10.0.0.0/8`, `2001:db8::/32`, `10.1.2.3`. */
export const isRange = (text: string): boolean => (text.includes("/") ? isCidr(text) : isAddress(text));

/** IPv4 addresses mapped into IPv6 count as IPv4. */
const addressOf = (text: string): Address | null => (isAddress(text) ? ipaddr.process(text) : null);

function rangeOf(text: string): readonly [Address, number] | null {
  if (text.includes("/")) return isCidr(text) ? ipaddr.parseCIDR(text) : null;
  const address = addressOf(text);
  return address === null ? null : [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Whether an address lies in a range; never across families, never for what is no address. */
export function isInRange(range: string, text: string): boolean {
  const address = addressOf(text);
  const wanted = rangeOf(range);
  if (address === null || wanted === null) return false;
  const [base, bits] = wanted;
  return address.kind() === base.kind() && address.match(base, bits);
}
