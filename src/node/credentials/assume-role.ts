import type { CredentialsSource } from "#core/config/config.ts";
import type { Found } from "./found.ts";
import { logger } from "./silent-logger.ts";

type Role = Extract<CredentialsSource, { kind: "role" }>;

/**
 * The session of a role, through the SDK. STS is asked once: a second try would cost what is left of the deadline, and a
 * refusal stays one.
 */
export async function assumeRole(role: Role, caller: Found, deadlineMs: number): Promise<Found> {
  const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  // Its advice about Node's version would go to the console, between progress and results.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
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
      requestHandler: { connectionTimeout: deadlineMs, requestTimeout: deadlineMs },
      ...(endpoint === null ? {} : { endpoint }),
    },
  })();
}
