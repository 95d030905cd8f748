import type { Cause } from "./cause.ts";
import { sayingSighted } from "./recognise/saying.ts";
import { byKind } from "./words/by-kind.ts";

export const quotaExceeded: Cause = {
  code: "quota-exceeded",
  layer: "service",
  title: "A quota is used up",
  explanation:
    "Not the rate but the total: the usage plan's requests per day, week or month are spent, or a service quota of the account is reached. Waiting some seconds and trying again does not help, unlike with throttling, which answers with the same 429.",
  remedy: (target) =>
    byKind(target, {
      "api-gateway":
        "Raise the quota of the usage plan to which the API key belongs, or extend it for this key (`aws apigateway update-usage`); otherwise it is reset at the end of its period.",
      other: "See in Service Quotas which quota of the account is reached, and ask for more.",
    }),
  source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
  trust: "code",
  refines: ["throttled", "unexpected-status"],
  recognise: (exchanges, target) =>
    sayingSighted(exchanges, target, {
      types: ["LimitExceededException", "ServiceQuotaExceededException"],
      text: /^Limit Exceeded$/i,
    }),
};
