import { showMs } from "#core/units.ts";
import { WayError } from "./way.ts";
import { DeadlineError } from "./within.ts";

// An error of a provider may quote what it read: a command line, a file, an answer. Only sentences known to hold nothing
// but names are passed on; of any other error just its kind.
const harmless: readonly RegExp[] = [
  /^Could not load credentials from any providers$/,
  /^Could not resolve credentials using profile: \[[\w .@/+-]+\] in configuration\/credentials file\(s\)\.$/,
  /^Profile [\w .@/+-]+ (was not found|requires multi-factor authentication, but no MFA code callback was provided)\.$/,
  /^Profile [\w .@/+-]+ could not be found in shared credentials file\.$/,
  /^Profile [\w .@/+-]+ is not configured with SSO credentials\.$/,
  /^Profile [\w .@/+-]+ credential_process (?:returned (?:invalid JSON|invalid credentials|expired credentials)|did not return Version 1)\.$/,
  /^The SSO session token associated with profile=[\w .@/+-]+ was not found or is invalid\. To refresh this SSO session run 'aws sso login' with the corresponding profile\.$/,
  /^Profile '[\w .@/+-]+' (?:could not be found in shared credentials file|is missing required property 'sso_session')\.$/,
  /^Sso session '[\w .@/+-]+' (?:could not be found in shared credentials file|is missing required property '\w+')\.$/,
  /^The SSO session associated with this profile (has expired|is invalid)\. To refresh this SSO session run 'aws sso login' with the corresponding profile\.$/,
  /^Token is expired\. To refresh this SSO session run 'aws sso login' with the corresponding profile\.$/,
  /^Failed to load a token for session \S+, please re-authenticate using aws login$/,
  /^EC2 Instance Metadata Service access disabled$/,
  /^TimeoutError from instance metadata service$/,
  /^Unable to connect to instance metadata service$/,
  /^Web identity configuration not specified$/,
  // Names of environment variables, and ARNs: nothing that opens anything.
  /^\w+ is not set$/,
  /^User: [\w:/+=,.@-]+ is not authorized to perform: sts:AssumeRole on resource: [\w:/+=,.@-]+(?: (?:because|with) [\w -]+(?: sts:AssumeRole action)?)?$/,
];

/** What a `credential_process` had to say of itself may be anything. */
const ofProcess = /^Command failed: /;
const unreachable = /^(?:ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOTFOUND)$/;
const ofCertificate = /CERT|ISSUER|LEAF|ALTNAME/;

/** Why a provider gave nothing, in words that hold no secret. */
export function safeReason(error: unknown, deadlineMs: number): string {
  if (error instanceof DeadlineError) return `no answer within ${showMs(deadlineMs)}`;
  if (error instanceof WayError) return error.message;
  if (!(error instanceof Error)) return "an error without a name";
  if (harmless.some((pattern) => pattern.test(error.message))) return error.message.replace(/\.$/, "");
  if (ofProcess.test(error.message))
    return "the credential_process failed; what it said is not shown, since it may hold secrets: run it by hand";
  const code =
    "code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(error.code) ? error.code : null;
  const name = /^\w+$/.test(error.name) ? error.name : "Error";
  if (code !== null && ofCertificate.test(code)) return `the certificate of whoever was asked is not trusted (${code})`;
  if (code !== null && unreachable.test(code)) return `whoever was asked could not be reached (${code})`;
  return code === null ? name : `${name} (${code})`;
}
