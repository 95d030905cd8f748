// As `repeating`, signed by AWS's own JavaScript: @aws-sdk/signature-v4 with the hash of @aws-crypto/sha256-js.
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@aws-sdk/signature-v4";
import http from "k6/http";
import { currentCredentials } from "#k6/credentials.ts";
import { iteration, targets, workload } from "#k6/index.ts";
import { mainOf } from "./requests.ts";

export { handleSummary } from "./summary.ts";

export const options = workload();

const { accessKeyId, secretAccessKey, sessionToken } = currentCredentials();
const [{ signing } = { signing: null }] = targets;
if (signing === null || sessionToken === null) throw new Error("there is nothing to sign for, or no session");
const signer = new SignatureV4({
  service: signing.service,
  region: signing.region,
  credentials: { accessKeyId, secretAccessKey, sessionToken },
  sha256: Sha256,
  applyChecksum: false,
});

export default iteration(async ({ target }) => {
  const { method, path, headers, body } = mainOf(target);
  const signed = await signer.sign({
    protocol: "http:",
    hostname: target.hostHeader,
    method,
    path,
    headers: { ...headers, host: target.hostHeader },
    body,
  });
  http.request(method, target.origin + path, body, { headers: signed.headers, tags: { name: "main" } });
});
