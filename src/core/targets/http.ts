import { plain } from "./dialects/plain.ts";
import { configureByUrl } from "./place.ts";
import type { TargetKind } from "./target-kind.ts";

/** Any HTTP(S) origin: nothing is known of its timers and limits, and nothing is assumed. */
export const http: TargetKind = {
  kind: "http",
  title: "HTTP origin",
  signingService: null,
  payload: "signed",
  presigned: null,
  authDefault: "none",
  authenticates: true,
  zonesExpected: false,
  privateRanges: [],
  timers: { idle: null, idleEnd: null, lifetime: null, request: null },
  limits: { requestBody: null, responseBody: null, requestHeaders: null },
  events: [],
  dialect: plain,
  fields: [
    {
      name: "url",
      type: "url",
      required: true,
      description: "Where it listens; a path in it is set before every request's path.",
      example: "http://127.0.0.1:8080",
    },
  ],
  configure: ({ values }) => configureByUrl(values["url"], null, () => false, null),
};
