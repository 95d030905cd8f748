import { isIpAddress } from "#core/targets/address-class.ts";
import { parseUrl } from "#core/targets/url.ts";
import { list, oneOrMore, record } from "./collection.ts";
import { filePath } from "./file-path.ts";
import { object, optional } from "./object.ts";
import { stringSchema } from "./scalar.ts";
import { ok, refine, refuse, type Shape } from "./shape.ts";

const address: Shape<string> = {
  schema: stringSchema("^[0-9A-Fa-f:.]+$", "10.0.1.10"),
  read: (input, path) =>
    typeof input === "string" && isIpAddress(input)
      ? ok(input)
      : refuse(path, 'an IPv4 or IPv6 address such as "10.0.1.10"'),
};

const resolver: Shape<string> = {
  schema: stringSchema("^[0-9A-Fa-f:.\\[\\]]+$", "10.0.0.2"),
  read: (input, path) =>
    typeof input === "string" && isResolver(input)
      ? ok(input)
      : refuse(path, 'a resolver\'s address, such as "10.0.0.2", "10.0.0.2:5353" or "[fd00::2]:53"'),
};

function isResolver(written: string): boolean {
  if (isIpAddress(written)) return true;
  // With a port it is what follows a URL's scheme, as long as that is an address.
  const url = /:\d{1,5}$/.test(written) ? parseUrl(`http://${written}`) : null;
  return url !== null && url.path === "" && isIpAddress(url.origin.host);
}

/** A name as DNS compares it: lower case, no dot at its end. Null where it is none. */
export function dnsName(written: string): string | null {
  const host = /^[^/?#:@[\]]+$/.test(written) ? (parseUrl(`http://${written}`)?.origin.host ?? null) : null;
  return host === null || isIpAddress(host) ? null : host;
}

const pins = record(
  { pattern: /^[A-Za-z0-9._-]+$/, expected: 'a host name such as "orders.internal"' },
  oneOrMore(address, "addresses"),
  null,
);

const resolve = refine(pins, (entries, path) => {
  const wrong = entries.find(({ name }) => dnsName(name) === null);
  if (wrong !== undefined) return refuse([...path, wrong.name], 'a host name such as "orders.internal" as the key');
  return ok(Object.fromEntries(entries.map(({ name, value }) => [dnsName(name) ?? name, value])));
});

export const networkShape = object({
  resolve: optional(resolve, "Addresses to use for a name in place of DNS, like curl's --resolve."),
  dns: optional(list(resolver, "resolvers"), "Resolvers to ask in place of the system's."),
  ca: optional(
    filePath("./private-ca.pem"),
    "PEM file of issuers to trust beside the usual ones; relative to the config.",
  ),
});
