import { parseFunction } from "#core/targets/function-name.ts";
import { labAccount, labRegion } from "../targets.ts";
import type { LabRequest } from "../wire.ts";
import { pathOf, queryOf, unescaped } from "./message.ts";

export type LambdaCall =
  | { readonly kind: "invoke"; readonly name: string; readonly qualifier: string | null; readonly arn: string }
  /** An operation the lab knows by name but does not perform. */
  | { readonly kind: "other"; readonly action: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "other-region"; readonly region: string }
  | { readonly kind: "qualifier-conflict" };

const others: readonly (readonly [RegExp, string])[] = [
  [/^GET \/2016-08-19\/account-settings\/?$/, "lambda:GetAccountSettings"],
  [/^GET \/2015-03-31\/functions\/?$/, "lambda:ListFunctions"],
  [/^GET \/2015-03-31\/functions\/[^/]+$/, "lambda:GetFunction"],
  [/^GET \/2015-03-31\/functions\/[^/]+\/configuration$/, "lambda:GetFunctionConfiguration"],
  [/^POST \/2014-11-13\/functions\/[^/]+\/invoke-async\/?$/, "lambda:InvokeAsync"],
  [/^POST \/2021-11-15\/functions\/[^/]+\/response-streaming-invocations$/, "lambda:InvokeWithResponseStream"],
];

/** What is asked of Lambda's API. @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function lambdaCall(request: LabRequest): LambdaCall {
  const path = pathOf(request);
  const segment = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  if (segment !== undefined && request.method === "POST") return invocation(unescaped(segment), qualifierIn(request));
  const known = others.find(([pattern]) => pattern.test(`${request.method} ${path}`));
  return known === undefined ? { kind: "unknown" } : { kind: "other", action: known[1] };
}

function invocation(written: string, inQuery: string | null): LambdaCall {
  const parsed = parseFunction(written);
  if (parsed === null) return { kind: "unknown" };
  if (parsed.region !== null && parsed.region !== labRegion) return { kind: "other-region", region: parsed.region };
  if (parsed.qualifier !== null && inQuery !== null && parsed.qualifier !== inQuery)
    return { kind: "qualifier-conflict" };
  const name = parsed.unqualified.split(":").at(-1) ?? "";
  const account = /(\d{12}):function:/.exec(parsed.unqualified)?.[1] ?? labAccount;
  const qualifier = parsed.qualifier ?? inQuery;
  const arn = `arn:aws:lambda:${labRegion}:${account}:function:${name}`;
  return { kind: "invoke", name, qualifier, arn: qualifier === null ? arn : `${arn}:${qualifier}` };
}

const qualifierIn = (request: LabRequest): string | null => new URLSearchParams(queryOf(request)).get("Qualifier");
