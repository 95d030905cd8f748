import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { quote } from "./words/quote.ts";

export const credentialsMissing: Cause = {
  code: "credentials-missing",
  layer: "client",
  title: "There are no credentials to sign with",
  explanation:
    "The request was to be signed and no credentials were found, so nothing was sent. In containers on EC2 the instance's role is often out of reach because the metadata service answers one network hop only.",
  remedy: () =>
    "Give credentials: `aws sso login` and `credentials: { profile: … }`, the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN), or a role of the instance, task or pod. In a container on EC2 raise the instance's metadata hop limit to 2. If the target is open, set `auth: none`.",
  source: "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
  trust: "code",
  refines: [],
  recognise: (exchanges) =>
    sighting(
      "certain",
      failedWith(exchanges, "credentials-missing").map(
        // Our own words, which name every place that was tried: not to be cut as a peer's are.
        ({ failure }) => `Nothing was sent: ${quote(failure.detail, 1000)}`,
      ),
    ),
};
