import { isIpAddress } from "./address-class.ts";
import { isZonalName, regionOfHost } from "./aws-names.ts";
import type { Configured, FieldProblem } from "./fields.ts";
import type { EchoForm, Origin, TargetRequest } from "./target.ts";
import { authority, parseUrl } from "./url.ts";

/** Where to connect and what to call it there, for a target that is called by the name it is found by. */
export const placeAt = (origin: Origin) => ({
  origin,
  hostHeader: authority(origin, origin.host),
  serverName: origin.scheme === "https" ? origin.host : null,
});

/** Whether the host is a name that may well stand for several zones: no literal address, no zonal endpoint name. */
export const namesSeveralZones = ({ host }: Origin): boolean => !isIpAddress(host) && !isZonalName(host);

/** What most targets are asked when the config does not say: `GET /`, answered with 200. */
export const getRoot: TargetRequest = {
  name: "main",
  method: "GET",
  path: "/",
  headers: {},
  body: null,
  expect: { statuses: [200], body: null, headers: {} },
};

export const fieldProblem = (field: string, expected: string): FieldProblem => ({ kind: "problem", field, expected });

/** A target that is found and called by its `url`: only its zones and its echo function are the kind's own matter. */
export function configureByUrl(
  text: string | undefined,
  zonesExpected: (origin: Origin) => boolean,
  echo: EchoForm | null,
): Configured | FieldProblem {
  const url = parseUrl(text ?? "");
  if (url === null) return fieldProblem("url", "an http:// or https:// URL");
  return {
    kind: "ok",
    ...placeAt(url.origin),
    pathPrefix: url.path,
    pathFixed: false,
    headers: {},
    request: getRoot,
    alsoAllowed: [],
    signingRegion: regionOfHost(url.origin.host),
    zonesExpected: zonesExpected(url.origin),
    echo,
  };
}
