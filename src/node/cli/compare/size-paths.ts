import { diagnose } from "#core/causes/diagnose.ts";
import { askFor, toSend, usualSigning } from "#core/checks/ask/step.ts";
import { departing } from "#core/checks/judge/departing.ts";
import type { Config } from "#core/config/config.ts";
import { pathOf } from "#core/cost/path-of.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { PlacedTarget } from "#core/plan/make-load-plan.ts";
import type { SavedCosting } from "#core/plan/saved-comparison.ts";
import type { Target } from "#core/targets/target.ts";
import { bytes } from "#core/units.ts";
import { createSignRequest } from "#node/credentials/sign-request.ts";
import type { CredentialStore } from "#node/credentials/store.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { createProbe } from "#node/probe/probe.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export interface SizingMeans {
  readonly config: Config;
  readonly store: CredentialStore;
  readonly caPem: string | null;
  readonly signal: AbortSignal;
}

/**
 * Sends each of the requests once before anything is measured: how large they and their answers are decides what a path costs,
 * and a path that does not answer now need not be asked for ten minutes.
 *
 * @throws CliError that names every target that did not answer as expected
 */
export async function sizePaths(placed: readonly PlacedTarget[], means: SizingMeans): Promise<readonly SavedCosting[]> {
  const { config, store, caPem, signal } = means;
  const probe = createProbe({
    network: config.network,
    caPem,
    allow: config.limits.allow,
    sign: createSignRequest(store, hashing, Date.now),
    now: Date.now,
    signal,
  });
  try {
    const asked = await Promise.all(placed.map(async (one) => ({ ...one, exchanges: await ask(one.target, probe) })));
    if (signal.aborted) throw new CliError(exitCodes.interrupted, "interrupted before anything was measured");
    const wrong = asked.flatMap(({ target, exchanges }) => complaint(target, exchanges));
    if (wrong.length > 0)
      throw new CliError(
        exitCodes.failed,
        `nothing was measured: what does not answer as expected cannot be compared.\n${wrong.join("\n")}`,
      );
    return asked.map(({ target, addresses, exchanges }) => costing(target, addresses, exchanges));
  } finally {
    await probe.close();
  }
}

const ask = (target: Target, probe: ReturnType<typeof createProbe>): Promise<readonly Exchange[]> =>
  probe.perform(
    target,
    "compare",
    target.requests.map((request) => askFor(request.name, { request: toSend(request), signing: usualSigning(target) })),
  );

function complaint(target: Target, exchanges: readonly Exchange[]): readonly string[] {
  for (const [index, exchange] of exchanges.entries()) {
    const request = target.requests[index] ?? target.requests[0];
    const found = departing(exchange, request, target);
    if (found === null) continue;
    const cause = diagnose([exchange], found.target)[0];
    const why = cause === undefined ? "" : ` (${cause.code}: ${cause.title})`;
    return [
      `  ${target.id}: ${request.method} ${request.path} ${found.how}${why}; \`pathproof check ${target.id}\` looks closer`,
    ];
  }
  return [];
}

function costing(target: Target, addresses: readonly string[], exchanges: readonly Exchange[]): SavedCosting {
  const mean = (sizes: readonly number[]) =>
    bytes(Math.round(sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length)));
  const some = exchanges.length === 1 ? "one exchange" : `${exchanges.length} exchanges, on average`;
  return {
    target: target.id,
    ...pathOf(target.kind.kind, new Set(addresses).size),
    requestBytes: mean(exchanges.map(({ sent }) => sent.headerBytes + sent.bodyBytes)),
    responseBytes: mean(exchanges.map(responseBytes)),
    bytesFrom: `measured in ${some} before the comparison, heads included, without TLS, TCP and IP`,
  };
}

/** As HTTP/1.1 writes it. */
function responseBytes({ outcome }: Exchange): number {
  if (outcome.kind !== "answered") return 0;
  const head = `HTTP/1.1 ${outcome.status} ${outcome.statusText}`.length + 4;
  const lines = outcome.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  return head + lines + outcome.bodyBytes;
}
