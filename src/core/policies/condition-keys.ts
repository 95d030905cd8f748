const names = (prefix: string, list: string): readonly string[] => list.split(/\s+/).map((name) => prefix + name);

/**
 * The condition keys of the services on private paths, lower case; one that ends in `/` takes a name after it. Keys of these
 * prefixes that are not here are misspelt, and a misspelt key is silently absent from every request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
const known: readonly string[] = [
  ...names(
    "aws:",
    `AssumedRoot CalledVia CalledViaAWSMCP CalledViaFirst CalledViaLast ChatbotSourceArn CurrentTime
    Ec2InstanceSourcePrivateIPv4 Ec2InstanceSourceVpc EpochTime FederatedProvider IsMcpServiceAction MultiFactorAuthAge
    MultiFactorAuthPresent PrincipalAccount PrincipalArn PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths
    PrincipalServiceName PrincipalServiceNamesList PrincipalTag/ PrincipalType referer RequestedRegion RequestTag/
    ResourceAccount ResourceOrgID ResourceOrgPaths ResourceTag/ SecureTransport SourceAccount SourceArn SourceIdentity
    SourceIp SourceOrgID SourceOrgPaths SourceOwner SourceVpc SourceVpcArn SourceVpce TagKeys TokenIssueTime UserAgent
    userid username ViaAWSMCPService ViaAWSService VpceAccount VpceOrgID VpceOrgPaths VpcSourceIp`,
  ),
  ...names(
    "vpc-lattice-svcs:",
    `Port RequestHeader/ RequestMethod RequestPath RequestQueryString/ ServiceArn ServiceNetworkArn SourceVpc
    SourceVpcOwnerAccount`,
  ),
  ...names(
    "lambda:",
    `CodeSigningConfigArn EventSourceToken FunctionArn FunctionUrlAuthType InvokedViaFunctionUrl Layer Principal
    SecurityGroupIds SourceFunctionArn SubnetIds VpcIds`,
  ),
  ...names("execute-api:", "viaDomainArn"),
];

const prefixes: readonly string[] = ["aws:", "vpc-lattice-svcs:", "lambda:", "execute-api:"];

/** The documented spelling of a key, or null when there is none such. Keys of other services are taken as they are. */
export function spellingOf(key: string): string | null {
  const lower = key.toLowerCase();
  if (!prefixes.some((prefix) => lower.startsWith(prefix))) return /^[\w-]+:[^\s]+$/.test(key) ? key : null;
  const found = known.find((name) =>
    name.endsWith("/")
      ? lower.startsWith(name.toLowerCase()) && lower.length > name.length
      : lower === name.toLowerCase(),
  );
  if (found === undefined) return null;
  return found.endsWith("/") ? found + key.slice(found.length) : found;
}
