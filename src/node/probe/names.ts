import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import type { Network } from "#core/config/config.ts";
import type { Target } from "#core/targets/target.ts";
import { type Ms, ms } from "#core/units.ts";
import { failed, type Got, got } from "./got.ts";
import { namesKeptMs } from "./limits.ts";
import type { Stop } from "./stop.ts";
import { toFailure } from "./to-failure.ts";
import { type Budget, withinPromise } from "./within.ts";

export interface Names {
  /** `anew`: asks even when the answer is known. */
  resolve(target: Target, budget: Budget, anew: boolean): Promise<Resolution>;
}

export interface Resolution {
  readonly addresses: Got<readonly string[]>;
  /** Null when nobody was asked: a literal address, a pin, or an answer still fresh. */
  readonly dnsMs: Ms | null;
}

type Answer = Got<readonly string[]>;

/** Resolves the names of a run; concurrent questions for one name are one question. */
export function createNames(network: Network, stop: Stop): Names {
  const underWay = new Map<string, Promise<Answer>>();
  const known = new Map<string, { readonly answer: Answer; readonly until: number }>();

  const ask = async (host: string, dnsMs: Ms): Promise<Answer> => {
    const answer = await (network.dns === null ? askSystem(host) : askResolvers(host, network.dns, dnsMs, stop));
    // A resolver that did not answer is asked again next time: only what it said is worth keeping.
    if (answer.kind === "got" || answer.failure.kind === "name-not-found") {
      known.set(host, { answer, until: performance.now() + namesKeptMs });
    }
    return answer;
  };

  const askOnce = (host: string, dnsMs: Ms): Promise<Answer> => {
    const asked = underWay.get(host) ?? ask(host, dnsMs).finally(() => underWay.delete(host));
    underWay.set(host, asked);
    return asked;
  };

  return {
    async resolve({ origin: { host }, pinned, deadlines: { dnsMs } }, budget, anew) {
      const given = isIP(host) === 0 ? (pinned ?? network.resolve[host]) : [host];
      if (given !== undefined) return { addresses: atLeastOne(given), dnsMs: null };
      const kept = known.get(host);
      if (!anew && kept !== undefined && kept.until > performance.now()) return { addresses: kept.answer, dnsMs: null };
      const startedAt = performance.now();
      const addresses = await withinPromise(budget, "dns", dnsMs, () => (anew ? ask : askOnce)(host, dnsMs));
      return { addresses, dnsMs: ms(performance.now() - startedAt) };
    },
  };
}

/** The system's resolver, hosts file included. It cannot be told to end: the caller's deadline leaves it behind. */
async function askSystem(host: string): Promise<Answer> {
  try {
    const found = await lookup(host, { all: true, verbatim: true });
    return atLeastOne(found.map(({ address }) => address));
  } catch (error) {
    return failed(toFailure(error, "dns"));
  }
}

/** Resolvers of our own choice, A and AAAA at once; A first in the result. */
async function askResolvers(host: string, servers: readonly string[], dnsMs: Ms, stop: Stop): Promise<Answer> {
  try {
    const resolver = new Resolver(patience(dnsMs, servers.length));
    resolver.setServers(servers);
    const forget = stop.onStop(() => resolver.cancel());
    const answers = await Promise.all([
      answer(resolver.resolve4(host)), //
      answer(resolver.resolve6(host)),
    ]);
    forget();
    return joined(answers);
  } catch (error) {
    return failed(toFailure(error, "dns"));
  }
}

/** c-ares takes no shorter patience at its word (1.34, measured: 100 and 180 ms became 290 and 360). */
const patienceMsMin = 250;

/**
 * Two tries where they end before the deadline does, so that a lost packet does not cost all of it: c-ares asks every
 * server in turn, then once more with twice the patience. One try where there is no time for two.
 */
function patience(dnsMs: Ms, servers: number): { readonly timeout: number; readonly tries: number } {
  const usableMs = Math.floor((dnsMs * 0.9) / servers);
  const twice = Math.floor(usableMs / 3);
  if (twice >= patienceMsMin) return { timeout: twice, tries: 2 };
  return { timeout: Math.max(patienceMsMin, usableMs), tries: 1 };
}

const answer = (asked: Promise<readonly string[]>): Promise<Answer> =>
  asked.then(got, (error: unknown) => failed(toFailure(error, "dns")));

/** One family that answers is enough; when none does, a resolver in trouble is worse news than a missing name. */
function joined(answers: readonly Answer[]): Answer {
  const addresses = answers.flatMap((one) => (one.kind === "got" ? one.value : []));
  if (addresses.length > 0) return got([...new Set(addresses)]);
  const failures = answers.filter((one) => one.kind === "failed");
  return failures.find(({ failure }) => failure.kind !== "name-not-found") ?? failures[0] ?? noAddress;
}

const noAddress = failed({ kind: "name-not-found", code: "ENODATA" });

const atLeastOne = (addresses: readonly string[]): Answer =>
  addresses.length > 0 ? got([...new Set(addresses)]) : noAddress;
