import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import type { Network } from "#core/config/config.ts";
import type { Target } from "#core/targets/target.ts";
import { type Ms, ms } from "#core/units.ts";
import { fileLimitNow } from "#node/sockets/file-limit.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import { failed, type Got, got } from "./got.ts";
import { namesKeptMs } from "./limits.ts";
import type { Stop } from "./stop.ts";
import { type Budget, withinPromise } from "./within.ts";

export interface Names {
  /** `anew`: asks even when the answer is known. */
  resolve(target: Named, budget: Budget, anew: boolean): Promise<Resolution>;
}

/** What of a target its addresses depend on. */
export interface Named {
  readonly origin: Pick<Target["origin"], "host">;
  readonly pinned: Target["pinned"];
  readonly deadlines: Pick<Target["deadlines"], "dnsMs">;
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
    const said = await (network.dns === null ? askSystem(host) : askResolvers(host, network.dns, dnsMs, stop));
    // Who has no socket to ask with, nor may open /etc/hosts, says that the name is not known or nobody answers.
    const limit = said.kind === "failed" ? await fileLimitNow() : null;
    const answer = limit === null ? said : failed({ kind: "file-limit", code: limit });
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
      const given = isIP(host) === 0 ? (pinned ?? pinsOf(network, host)) : [host];
      if (given !== undefined) return { addresses: atLeastOne(given), dnsMs: null };
      const kept = known.get(host);
      if (!anew && kept !== undefined && kept.until > performance.now()) return { addresses: kept.answer, dnsMs: null };
      const startedAt = performance.now();
      const addresses = await withinPromise(budget, "dns", dnsMs, () => (anew ? ask : askOnce)(host, dnsMs));
      return { addresses, dnsMs: ms(performance.now() - startedAt) };
    },
  };
}

/** Own ones only: a host may be called `constructor`. */
export const pinsOf = ({ resolve }: Network, host: string): readonly string[] | undefined =>
  Object.hasOwn(resolve, host) ? resolve[host] : undefined;

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
    const resolver = new Resolver({ timeout: patienceMs(dnsMs, servers.length), tries: 2 });
    resolver.setServers(servers);
    const cancel = (): void => resolver.cancel();
    const forget = stop.onStop(cancel);
    const ending = endOf(dnsMs, cancel);
    const answers = await Promise.all(
      [resolver.resolve4(host), resolver.resolve6(host)].map((asked) => Promise.race([answer(asked), ending.silence])),
    );
    ending.clear();
    forget();
    return joined(answers);
  } catch (error) {
    return failed(toFailure(error, "dns"));
  }
}

/**
 * How long c-ares waits for a server before it asks the next one, or the same once more with twice the patience: a lost
 * packet must not cost the whole deadline. Less than 250 ms it does not take at its word (1.34, measured).
 */
const patienceMs = (dnsMs: Ms, servers: number): number => Math.max(250, Math.floor(dnsMs / (3 * servers)));

/**
 * Ends the questions a little before the deadline, so that one family's answer is not lost with the other's silence. c-ares
 * alone would not do: it looks at its clock in steps as long as its patience, and can be late by one of them.
 */
function endOf(dnsMs: Ms, cancel: () => void): { readonly silence: Promise<Answer>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => {
      resolve(failed({ kind: "resolver-unreachable", code: "ETIMEOUT" }));
      cancel();
    }, dnsMs * 0.9);
  });
  return { silence, clear: () => clearTimeout(timer) };
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
