import type { CredentialsSource } from "#core/config/config.ts";
import { seconds } from "#core/units.ts";
import { fileLimitNow } from "#node/sockets/file-limit.ts";
import { type Asking, assumeRole } from "./assume-role.ts";
import { clientConfigOn } from "./client-config.ts";
import type { Found } from "./found.ts";
import { fromVariables } from "./from-variables.ts";
import { oddFile } from "./odd-file.ts";
import { loadProviders } from "./providers.ts";
import type { CredentialsReading } from "./reading.ts";
import { watchRequests } from "./requests-made.ts";
import { safeReason } from "./safe-reason.ts";
import { logger } from "./silent-logger.ts";
import { spoiltPart } from "./spoilt-part.ts";
import { placesTried } from "./tried.ts";
import { within } from "./within.ts";

/** Longer than any source that works takes; shorter than a person waits for one that does not (metadata outside AWS). */
export const loadDeadlineMs = seconds(5);

/** Asks a source once, anew: nothing that the SDK remembers of an earlier answer is used. */
export async function loadCredentials(
  source: CredentialsSource,
  asking: Partial<Asking> = {},
): Promise<CredentialsReading> {
  const reading = await load(source, asking);
  if (reading.kind === "ok") return reading;
  // To the SDK a file that could not be opened is one that is not there.
  const fileLimit = await fileLimitNow();
  if (fileLimit === null) return reading;
  const detail = `Credentials could not be looked for: this process may open no more files (${fileLimit}); raise that (ulimit -n).`;
  return { kind: "missing", detail, fileLimit };
}

async function load(
  source: CredentialsSource,
  { way = null, deadlineMs = loadDeadlineMs }: Partial<Asking>,
): Promise<CredentialsReading> {
  const odd = await oddFile(source, process.env);
  if (odd !== null) return { kind: "missing", detail: explain(source, odd) };
  const asking = watchRequests(() => ask(source, { way, deadlineMs }));
  try {
    const found = await within(deadlineMs, asking.result);
    const spoilt = spoiltPart(found);
    if (spoilt !== null) return { kind: "missing", detail: explain(source, spoilt) };
    return {
      kind: "ok",
      credentials: {
        accessKeyId: found.accessKeyId,
        secretAccessKey: found.secretAccessKey,
        sessionToken: found.sessionToken ?? null,
      },
      expiresAtMs: found.expiration?.getTime() ?? null,
    };
  } catch (error) {
    return { kind: "missing", detail: explain(source, safeReason(error, deadlineMs)) };
  } finally {
    asking.abandon();
  }
}

async function ask(source: CredentialsSource, asking: Asking): Promise<Found> {
  switch (source.kind) {
    case "environment":
      return fromVariables(source.prefix, process.env);
    case "role":
      return assumeRole(source, await ask(source.from, asking), asking);
    case "profile": {
      const { fromIni } = await loadProviders();
      const file = source.file === null ? {} : { filepath: source.file };
      return fromIni({ logger, ignoreCache: true, profile: source.profile, ...file, ...clientsOn(asking) })();
    }
    case "default-chain": {
      const { fromNodeProviderChain } = await loadProviders();
      const times = remoteTimes(process.env, asking.deadlineMs);
      return fromNodeProviderChain({ logger, ignoreCache: true, ...times, ...clientsOn(asking) })();
    }
  }
}

/** A role's profile looks for it in the one, a web identity's in the other; a Region in the first would be SSO's too. */
function clientsOn({ way, deadlineMs }: Asking) {
  const clientConfig = clientConfigOn(way, deadlineMs);
  const region = way === null || way.region === null ? {} : { region: way.region };
  return { clientConfig, parentClientConfig: { ...clientConfig, ...region } };
}

/**
 * Outside AWS nobody answers at the metadata address, and a second is enough to know. A container's endpoint has the whole
 * time: past `timeout` the SDK would not give up on it, only complain on the console.
 */
function remoteTimes(env: NodeJS.ProcessEnv, deadlineMs: number) {
  const container = env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] ?? "";
  return container === ""
    ? { timeout: Math.min(1_000, deadlineMs / 4), maxRetries: 1 }
    : { timeout: deadlineMs * 2, maxRetries: 0 };
}

function explain(source: CredentialsSource, reason: string): string {
  const tried = placesTried(source, process.env).join("; ");
  return `No credentials: ${reason}. Tried: ${tried}. ${advice(source, reason)}`;
}

function advice(source: CredentialsSource, reason: string): string {
  switch (source.kind) {
    case "environment":
      return "Set these variables.";
    case "role":
      // Where whoever was to assume the role had no credentials, STS was never asked.
      return source.from.kind === "environment" && / is not set$/.test(reason)
        ? advice(source.from, reason)
        : "Let the role's trust policy name the caller, and the caller's own policy allow sts:AssumeRole; where STS is out of reach, name its interface endpoint (endpoint), and who issued its certificate (network.ca).";
    case "profile":
      return /'aws sso login'/.test(reason)
        ? `Run \`aws sso login --profile ${source.profile}\`.`
        : `Give that profile credentials, or name another: \`aws configure list-profiles\` shows those there are.`;
    default:
      return "Provide one of them, or name a profile under credentials in the config.";
  }
}
