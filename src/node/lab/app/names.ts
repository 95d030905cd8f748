import type { FrontNames } from "#core/events/front-request.ts";
import { labAccount, labRegion } from "../targets.ts";
import type { LabTarget } from "../world.ts";
import { configured } from "./deployment.ts";

/** Where the lab's clients are. */
export const clientVpc = "vpc-0f3b8a6d2c9e14705";
/** The interface endpoint that its Lambda and API Gateway targets are reached through. */
export const clientVpce = "vpce-0d7e2a9b5c1f48306";

const inLattice = (resource: string): string => `arn:aws:vpc-lattice:${labRegion}:${labAccount}:${resource}`;

export const serviceNetworkArn = inLattice("servicenetwork/sn-0a9d4c7e1b5f28306");

/** `svc-` and what its generated name bears after its own name: `orders-0cfe1f49ff3266204.…`. */
export const serviceArnOf = ({ hostname }: LabTarget): string =>
  inLattice(`service/svc-${/-([0-9a-f]{17})\./.exec(hostname)?.[1] ?? "00000000000000000"}`);

const albTargetGroup = `arn:aws:elasticloadbalancing:${labRegion}:${labAccount}:targetgroup/orders/6d0ecf831eec9f09`;

export const latticeTargetGroup = (id: string): string => inLattice(`targetgroup/${id}`);

/** What the things behind a target are called; `over` says what depends on the route that was taken. */
export const namesOf = (
  target: LabTarget,
  over: Partial<Pick<FrontNames, "targetGroupArn" | "resourcePath">> = {},
): FrontNames => ({
  region: labRegion,
  account: labAccount,
  targetGroupArn: albTargetGroup,
  serviceArn: serviceArnOf(target),
  serviceNetworkArn,
  apiId: configured(target, "api"),
  stage: configured(target, "stage"),
  resourcePath: "/",
  ...over,
});
