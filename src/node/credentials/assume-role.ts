import type { CredentialsSource } from "#core/config/config.ts";
import { clientConfigOn } from "./client-config.ts";
import type { Found } from "./found.ts";
import { loadProviders } from "./providers.ts";
import { logger } from "./silent-logger.ts";
import type { Way } from "./way.ts";

/** How a source is asked. */
export interface Asking {
  /** Null: without a config, as the SDK would by itself. */
  readonly way: Way | null;
  readonly deadlineMs: number;
}

type Role = Extract<CredentialsSource, { kind: "role" }>;

/**
 * The session of a role, through the SDK. STS is asked once: a second try would cost what is left of the deadline, and a
 * refusal stays one.
 */
export async function assumeRole(role: Role, caller: Found, { way, deadlineMs }: Asking): Promise<Found> {
  const { fromTemporaryCredentials } = await loadProviders();
  const { roleArn, sessionName, externalId, region, endpoint } = role;
  const { accessKeyId, secretAccessKey, sessionToken } = caller;
  return fromTemporaryCredentials({
    logger,
    masterCredentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    params: {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      ...(externalId === null ? {} : { ExternalId: externalId }),
    },
    clientConfig: {
      region,
      maxAttempts: 1,
      ...clientConfigOn(way, deadlineMs),
      ...(endpoint === null ? {} : { endpoint }),
    },
  })();
}
