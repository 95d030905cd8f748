import { isIpAddress } from "#core/targets/address-class.ts";
import { parseUrl } from "#core/targets/url.ts";
import { list, oneOrMore, record } from "./collection.ts";
import { filePath } from "./file-path.ts";
import { object, optional } from "./object.ts";
import { quote } from "./problem.ts";
import { stringSchema } from "./scalar.ts";
import { complaintsOf, ok, refine, refuse, type Shape } from "./shape.ts";

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

const isName = (written: string): boolean => {
  const host = parseUrl(`http://${written}`)?.origin.host;
  return host === written && !isIpAddress(host);
};

const hostNames = {
  pattern: /^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?$/,
  expected: 'a host name in lower case such as "orders.internal"',
};

const resolve = refine(record(hostNames, oneOrMore(address, "addresses"), null), (entries, path) => {
  const wrong = entries.filter(({ name }) => !isName(name));
  const refused = wrong.map(({ name }) => refuse([...path, name], hostNames.expected, quote(name)));
  return complaintsOf(refused) ?? ok(Object.fromEntries(entries.map(({ name, value }) => [name, value])));
});

export const networkShape = object({
  resolve: optional(resolve, "Addresses to use for a name in place of DNS, like curl's --resolve."),
  dns: optional(list(resolver, "resolvers"), "Resolvers to ask in place of the system's."),
  ca: optional(
    filePath("./private-ca.pem"),
    "PEM file of issuers to trust beside the usual ones; relative to the config.",
  ),
});
