import type { Cause } from "./cause.ts";
import { frontOf } from "./recognise/front.ts";
import { sayingSighted } from "./recognise/saying.ts";
import { tellings } from "./recognise/telling.ts";

export const apigwForbidden: Cause = {
  code: "apigw-forbidden",
  layer: "policy",
  title: "API Gateway finds no API it may serve here",
  explanation:
    "The plain `Forbidden` comes before any policy of the API is read: by the name in the request, through this endpoint, there is no API to be found. Private DNS on the endpoint also captures the names of public APIs, which then answer so from inside the VPC. A missing API key and WAF say the same.",
  remedy: ({ hostHeader }) =>
    `Check that the request names the API: Host is ${hostHeader}, and must be the API's own execute-api name, or the header x-apigw-api-id must be sent. Check that the API is PRIVATE, in this account and Region's endpoint list (vpcEndpointIds), and deployed to this stage. If it is a public API, turn private DNS off on the endpoint or call it by a custom domain name. Then look at required API keys, the base path mapping of a custom domain, and WAF's log.`,
  source: "https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) =>
    frontOf(target) === "api-gateway" ? sayingSighted(exchanges, target, tellings["apigw-forbidden"]) : null,
};
