// Small on purpose: k6 runs a script once for every virtual user, and a library for addresses alone took 0.3 MB of each.

export interface Origin {
  readonly scheme: "http" | "https";
  /** A name, or a literal address in the form that URLs have. */
  readonly host: string;
  readonly port: number;
}

/** Reads `https://host[:port]`. */
export function readOrigin(text: string): Origin | null {
  const [, scheme, host, port] = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^\s/?#@:[\]\\]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return null;
  const secure = scheme.toLowerCase() === "https";
  return { scheme: secure ? "https" : "http", host: host.toLowerCase(), port: Number(port ?? (secure ? 443 : 80)) };
}

/** As in a `Host` header: the port left out where it is the scheme's own. */
export const authority = ({ scheme, host, port }: Origin): string =>
  port === (scheme === "https" ? 443 : 80) ? host : `${host}:${port}`;

/** Whether a host is an address already, so that no name needs resolving. */
export const isLiteral = (host: string): boolean => host.startsWith("[") || isAddress(host);

/** Whether k6 takes the text for an IP address. What it does not, it takes for localhost. */
export const isAddress = (text: string): boolean => isIpv4(text) || isIpv6(text);

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (!text.includes(":") || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const count = groups.length + (isIpv4(last) ? 1 : 0);
  const wellFormed = groups.every(
    (group, index) => /^[0-9a-f]{1,4}$/i.test(group) || (index === groups.length - 1 && isIpv4(group)),
  );
  return wellFormed && (halves.length === 2 ? count < 8 : count === 8);
}
