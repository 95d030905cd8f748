import { isIpAddress } from "./address-class.ts";
import { isZonalName, readAwsName, regionOfHost } from "./aws-names.ts";
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

/** Whose names lead to which kind. */
const kindsByService = {
  lambda: "lambda-endpoint",
  "execute-api": "api-gateway",
  "vpc-lattice-svcs": "lattice",
} as const;

type FrontService = keyof typeof kindsByService | "elb";

/** What is wrong with a name of AWS's own that leads to another kind of way in; null for all other names. */
export function nameOfAnother(field: string, host: string, service: FrontService): FieldProblem | null {
  const named = readAwsName(host);
  // A load balancer may stand before anything.
  if (named === null || named.service === service || named.service === "elb") return null;
  return fieldProblem(
    field,
    `a name of this kind's, or one of your own: this one leads to ${named.service}, which is kind: ${kindsByService[named.service]}`,
  );
}

/** A target that is found and called by its `url`: only its zones and its echo function are the kind's own matter. */
export function configureByUrl(
  text: string | undefined,
  service: FrontService | null,
  zonesExpected: (origin: Origin) => boolean,
  echo: EchoForm | null,
): Configured | FieldProblem {
  const url = parseUrl(text ?? "");
  if (url === null) return fieldProblem("url", "an http:// or https:// URL");
  const stranger = service === null ? null : nameOfAnother("url", url.origin.host, service);
  if (stranger !== null) return stranger;
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
