import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP, type LookupFunction, Socket } from "node:net";
import { allowsSts, isAllowed } from "#core/targets/address-class.ts";
import { createTrust } from "#node/sockets/tls.ts";
import { logger } from "./silent-logger.ts";
import { type Way, WayError } from "./way.ts";

/**
 * What the SDK's own clients (STS, SSO) are made with, so that they resolve names, trust issuers and keep to the guard rails
 * as everything else does, and give up in time.
 */
export function clientConfigOn(way: Way | null, deadlineMs: number) {
  const deadlines = { connectionTimeout: deadlineMs, requestTimeout: deadlineMs, throwOnRequestTimeout: true, logger };
  if (way === null) return { requestHandler: deadlines };
  const lookup = lookupOn(way, deadlineMs);
  const httpAgent = guarded(new HttpAgent({ lookup }), way);
  const httpsAgent = guarded(new HttpsAgent({ lookup, secureContext: createTrust(way.caPem) }), way);
  return { requestHandler: { ...deadlines, httpAgent, httpsAgent } };
}

const lookupOn =
  (way: Way, deadlineMs: number): LookupFunction =>
  (host, { all }, callback) => {
    way.addressesOf(host, deadlineMs).then(
      (addresses) => {
        const why = whyRefused(host, addresses, way);
        const [first = ""] = addresses;
        if (why !== null) callback(why, "");
        else if (all === true) callback(null, addresses.map(withFamily));
        else callback(null, first, isIP(first));
      },
      (error: unknown) => callback(error instanceof Error ? error : new WayError(`${host} could not be resolved`), ""),
    );
  };

const withFamily = (address: string) => ({ address, family: isIP(address) });

/** A literal address is looked up by nobody. */
function guarded<A extends HttpAgent>(agent: A, way: Way): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const host = "host" in options && typeof options.host === "string" ? options.host : "";
    const why = isIP(host) === 0 ? null : whyRefused(host, [host], way);
    if (why === null) return connect(options, callback);
    callback?.(why, new Socket());
    return null;
  };
  return agent;
}

/** Where people sign in is public by nature and has no private way in; nothing is measured there. */
const signIn = /^(?:oidc|portal\.sso|(?:[\w-]+\.)?signin)\./;

/** Null where every address may be asked: which of them is dialled is not ours to say. */
function whyRefused(host: string, addresses: readonly string[], { allow }: Way): WayError | null {
  const beyond = addresses.filter((address) => !isAllowed(address, allow));
  if (beyond.length === 0 || allowsSts(allow) || signIn.test(host)) return null;
  const at = beyond.join(", ") === host ? `${host} is an address` : `${host} is at ${beyond.join(", ")}`;
  return new WayError(
    `${at} that limits.allow (${allow.join(", ")}) does not allow; \`sts\` in it lets credentials be asked for at public addresses`,
  );
}
