/** Pages and recordings that the wording of refusals comes from. */
export const sources = {
  signatureTroubleshooting: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  accessDenied: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  /** Records the words and the order of a coral JSON service's checks. */
  dynalite: "https://github.com/architect/dynalite",
  /** Holds responses recorded against AWS. */
  localstack: "https://github.com/localstack/localstack",
  lambdaInvoke: "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
  latticeAuth: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html",
  latticeSigning: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html",
  latticeStatus: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html",
  latticeLambda: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html",
  latticeListeners: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html",
  eksWorkshop: "https://github.com/aws-samples/eks-workshop-v2",
  apiGateway403: "https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden",
  apiGatewayResponses:
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
  apiGatewayProxy: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html",
  apiGatewayLimits:
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
  albTroubleshooting:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  http: "https://www.rfc-editor.org/rfc/rfc9110#section-15",
} as const;
