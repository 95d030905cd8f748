import { describe, expect, test } from "vitest";
import { isRegion } from "#core/config/region.ts";
import { apiSuffix, isZonalName, partitionId, readAwsName } from "#core/targets/aws-names.ts";

describe("readAwsName()", () => {
  test.each([
    ["lambda.eu-west-1.amazonaws.com", "lambda", "eu-west-1"],
    ["lambda-fips.us-gov-west-1.amazonaws.com", "lambda", "us-gov-west-1"],
    ["lambda.eu-west-1.api.aws", "lambda", "eu-west-1"],
    ["lambda-fips.us-east-1.api.aws", "lambda", "us-east-1"],
    ["lambda.cn-north-1.amazonaws.com.cn", "lambda", "cn-north-1"],
    ["lambda.cn-north-1.api.amazonwebservices.com.cn", "lambda", "cn-north-1"],
    ["lambda.us-iso-east-1.c2s.ic.gov", "lambda", "us-iso-east-1"],
    ["vpce-0a1b-abcdefgh.lambda.us-isob-east-1.vpce.sc2s.sgov.gov", "lambda", "us-isob-east-1"],
    ["vpce-0a1b-abcdefgh-eu-west-1a.lambda.eu-west-1.vpce.amazonaws.com", "lambda", "eu-west-1"],
    ["vpce-0a1b-abcdefgh.execute-api.cn-north-1.vpce.amazonaws.com.cn", "execute-api", "cn-north-1"],
    ["a1b2c3-vpce-0a1b.execute-api.eusc-de-east-1.amazonaws.eu", "execute-api", "eusc-de-east-1"],
    ["orders-0cfe.7d67968.vpc-lattice-svcs.ap-southeast-2.on.aws", "vpc-lattice-svcs", "ap-southeast-2"],
    ["internal-orders-123.eu-west-1.elb.amazonaws.com", "elb", "eu-west-1"],
    ["orders-123.elb.eu-west-1.amazonaws.com", "elb", "eu-west-1"],
  ])("%s is a name of %s in %s", (host, service, region) => {
    expect(readAwsName(host)).toEqual({ service, region });
  });

  test.each([
    "orders.example.internal",
    "lambda.eu-west-1.amazonaws.com.example",
    "eu-west-1.amazonaws.com",
    "10.0.0.1",
  ])("%s says nothing", (host) => {
    expect(readAwsName(host)).toBeNull();
  });
});

// https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
test.each([
  ["eu-west-1", "aws", "amazonaws.com"],
  ["us-gov-east-1", "aws-us-gov", "amazonaws.com"],
  ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
  ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
])("%s is a Region of %s, its APIs under %s", (region, id, suffix) => {
  expect(isRegion(region)).toBe(true);
  expect(partitionId(region)).toBe(id);
  expect(apiSuffix(region)).toBe(suffix);
});

test("a zonal name is told from a Regional one in every partition", () => {
  expect(isZonalName("cn-north-1a.internal-orders-123.cn-north-1.elb.amazonaws.com.cn")).toBe(true);
  expect(isZonalName("internal-orders-123.cn-north-1.elb.amazonaws.com.cn")).toBe(false);
  expect(isZonalName("vpce-0a1b-abcdefgh-us-iso-east-1a.lambda.us-iso-east-1.vpce.c2s.ic.gov")).toBe(true);
});
