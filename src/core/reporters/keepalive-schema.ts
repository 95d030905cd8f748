import { count, countOrNull, list, orNull, record, text } from "./schema-parts.ts";

const closes = ["fin", "rst", "rst-on-next-byte", "silent", "none"];
const close = { enum: closes };
const closeOrAnnounced = { enum: [...closes, "announced"] };
const truth = { type: "boolean" } as const;

/** Of `ReportedKeepalive`. */
export const keepaliveSchema = record(
  {
    target: text,
    idle: list(
      record(
        {
          address: text,
          protocol: { enum: ["http/1.1", "h2"] },
          longestSurvivedMs: countOrNull,
          shortestClosedMs: countOrNull,
          closeKind: close,
          exact: truth,
          layer: { enum: ["l4", "l7", null] },
          hintedMs: countOrNull,
          goaway: truth,
        },
        { jitterMs: count, pings: count },
      ),
    ),
    age: list(
      record({
        address: text,
        livedMs: count,
        endedMs: countOrNull,
        end: closeOrAnnounced,
        requests: count,
        byAge: truth,
      }),
    ),
    requests: list(record({ address: text, answered: count, end: closeOrAnnounced }, { endedMs: count, byAge: truth })),
    advice: orNull(
      record({
        idleDropMs: count,
        tcpKeepAliveMs: count,
        ageMaxMs: countOrNull,
        ageJitter: { type: "number", minimum: 0, maximum: 1 },
        pool: count,
        summary: text,
        reasons: list(text),
        retry: list(text),
        snippets: list(record({ client: text, title: text, language: text, code: text, notes: list(text) })),
      }),
    ),
  },
  { principal: text },
);
