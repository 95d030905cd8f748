import { labAccount, labRegion } from "../targets.ts";
import type { LabRequest } from "../wire.ts";
import type { LabTarget } from "../world.ts";
import { configured } from "./deployment.ts";
import { header, hostOf, pathOf } from "./message.ts";
import { clientVpce } from "./names.ts";

/** By its own name, by its name for one endpoint, or by header; the Host header decides where both speak. */
export function isThisApi(request: LabRequest, target: LabTarget): boolean {
  const api = configured(target, "api");
  const suffix = `.execute-api.${labRegion}.amazonaws.com`;
  const host = hostOf(request);
  if (host.endsWith(suffix)) return host === `${api}${suffix}` || host === `${api}-${clientVpce}${suffix}`;
  return header(request, "x-apigw-api-id") === api;
}

/** `/orders` of `/prod/orders`; null when the path lies in another stage. */
export function withoutStage(path: string, stage: string): string | null {
  if (path === `/${stage}`) return "/";
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : null;
}

export const methodArn = (target: LabTarget, request: LabRequest): string => {
  const stage = configured(target, "stage");
  const path = withoutStage(pathOf(request), stage) ?? "/";
  return `arn:aws:execute-api:${labRegion}:${labAccount}:${configured(target, "api")}/${stage}/${request.method}${path}`;
};
