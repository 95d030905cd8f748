import { randomUUID } from "node:crypto";
import { makeCredentials } from "../make-credentials.ts";
import { assumable, sessionOf } from "../principals.ts";
import { labRegion } from "../targets.ts";
import type { App, LabReply } from "../wire.ts";
import type { LabCredentials, Surroundings } from "../world.ts";
import { authenticate } from "./authenticate.ts";
import { nameOfPrincipal } from "./principal.ts";
import { answer } from "./reply.ts";

const hourMs = 3_600_000;

/**
 * AssumeRole of STS, and nothing else of it: sessions of one role, for the lab's own client.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function stsApp(world: Surroundings): App {
  return async (request) => {
    const caller = authenticate(request, { service: "sts", region: labRegion }, world);
    if (caller.kind === "unsigned")
      return complain(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    if (caller.kind === "refused") return refused(caller.refusal.kind);
    const asked = new URLSearchParams(request.body.toString());
    if (asked.get("Action") !== "AssumeRole") return complain(400, "InvalidAction", "Could not find operation");
    const role = asked.get("RoleArn") ?? "";
    const sessionName = asked.get("RoleSessionName") ?? "";
    const trusted = role === assumable.role.arn && asked.get("ExternalId") === assumable.externalId;
    // STS says the same of a role that does not exist and of one that does not trust the caller.
    if (!trusted || caller.by !== null)
      return complain(
        403,
        "AccessDenied",
        `User: ${nameOfPrincipal(caller.principal)} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
      );
    const credentials = makeCredentials();
    const principal = sessionOf(assumable.role, sessionName);
    world.callers.add({ name: assumable.role.name, principal, credentials, identity: assumable.role.identity });
    return session(credentials, nameOfPrincipal(principal));
  };
}

/** STS has names of its own for what other services call otherwise. */
function refused(kind: string): LabReply {
  switch (kind) {
    case "unknown-key":
      return complain(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    case "token-expired":
      return complain(403, "ExpiredToken", "The security token included in the request is expired");
    default:
      return complain(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
      );
  }
}

const headers = [["content-type", "text/xml"]] as const;
const space = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

const session = ({ accessKeyId, secretAccessKey, sessionToken }: LabCredentials, arn: string): LabReply =>
  answer(
    200,
    headers,
    `<AssumeRoleResponse ${space}><AssumeRoleResult><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROAEXAMPLELABROLE000:${arn.split("/").at(-1)}</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${new Date(Date.now() + hourMs).toISOString()}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></AssumeRoleResponse>`,
  );

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

const complain = (status: number, code: string, message: string): LabReply =>
  answer(
    status,
    headers,
    `<ErrorResponse ${space}><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
