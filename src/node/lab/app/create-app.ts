import type { App } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { albApp } from "./alb-app.ts";
import { apiGatewayApp } from "./api-gateway-app.ts";
import { interfere } from "./interfere.ts";
import { lambdaApp } from "./lambda-app.ts";
import { latticeApp } from "./lattice-app.ts";
import { plainApp } from "./plain-app.ts";
import { proxyPage } from "./proxy-page.ts";
import { spoil } from "./spoil.ts";

type CreateApp = (target: LabTarget, world: Surroundings) => App;

const creators: Readonly<Record<string, CreateApp>> = {
  alb: albApp,
  "api-gateway": apiGatewayApp,
  http: plainApp,
  "lambda-endpoint": lambdaApp,
  lattice: latticeApp,
};

/**
 * Everything behind a lab target's socket: what may stand in the way, the front itself and the function behind it.
 *
 * @throws RangeError when the kind is unknown or a policy document is not valid
 */
export function createApp(target: LabTarget, world: Surroundings): App {
  const create = creators[target.kind];
  if (create === undefined) throw new RangeError(`lab target ${target.id}: no application for kind ${target.kind}`);
  const app = create(target, world);
  const { signing, service } = world.effects;
  return async (request) =>
    service === "behind-a-proxy" ? proxyPage(request) : spoil(await app(interfere(request, signing)), service);
}
