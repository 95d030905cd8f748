// As `repeating`, with a signer that keeps nothing: it derives the signing key anew for every request, as the signer of
// grafana/k6-jslib-aws does. Its core is ours, so what is compared is the approach and not the code around it; and it is
// spared all that `send` does besides.
import http from "k6/http";
import { sign } from "#core/signing/sign.ts";
import { currentCredentials } from "#k6/credentials.ts";
import { hashing } from "#k6/hashing.ts";
import { iteration, workload } from "#k6/index.ts";
import { mainOf } from "./requests.ts";

export { handleSummary } from "./summary.ts";

export const options = workload();

export default iteration(({ target }) => {
  if (target.signing === null) throw new Error("there is nothing to sign for");
  const { method, path, headers, body } = mainOf(target);
  const signable = { method, host: target.hostHeader, path, headers, body };
  const signed = sign(hashing, signable, currentCredentials(), target.signing, Date.now());
  http.request(method, target.origin + path, body, {
    headers: { ...headers, ...signed.headers, host: target.hostHeader },
    tags: { name: "main" },
  });
});
