import { protocolTag, tags } from "#core/plan/k6-metrics.ts";

/** What the tags of a row say; one object for all rows that carry the same. */
export interface RowTags {
  readonly target: string | null;
  readonly name: string;
  /** Whether HTTP lets a client send its method again unasked. */
  readonly idempotent: boolean;
  readonly phase: "warmup" | "measured";
  readonly failure: string | null;
  /** Who refused, as it should be. */
  readonly refuser: string | null;
  /** Of an exception. */
  readonly message: string | null;
  readonly status: number;
  readonly errorCode: number;
  readonly error: string;
  readonly unexpected: boolean;
  /** Whether a connection was had. */
  readonly connected: boolean;
  /** Whether the answer came in HTTP/2, where that was asked. */
  readonly h2: boolean;
}

/** Reads the columns between value and metadata, remembering what it has read: there are few different ones in a load. */
export interface TagTable {
  /** `text`: the row from its fourth column up to its metadata: each byte a character, as they stand. */
  read(text: string): RowTags;
}

/** Texts of errors may carry ports: what is remembered must not grow with them. */
const rememberedMax = 4096;

/** @param columns the header's names from the fourth to the last but one, `extra_tags` */
export function createTagTable(columns: readonly string[]): TagTable {
  const remembered = new Map<string, RowTags>();
  return {
    read(text) {
      const known = remembered.get(text);
      if (known !== undefined) return known;
      if (remembered.size >= rememberedMax) remembered.clear();
      const read = toTags(columns, splitRow(Buffer.from(text, "latin1").toString("utf8")));
      remembered.set(text, read);
      return read;
    },
  };
}

function toTags(columns: readonly string[], values: readonly string[]): RowTags {
  const of = (name: string): string => values[columns.indexOf(name)] ?? "";
  const extra = new Map(of("extra_tags").split("&").map(pair));
  return {
    target: extra.get(tags.target) ?? null,
    name: extra.get(tags.name) ?? "",
    idempotent: extra.get(tags.once) !== "1",
    phase: extra.get(tags.phase) === "warmup" ? "warmup" : "measured",
    failure: extra.get(tags.failure) ?? null,
    refuser: extra.get(tags.refuser) ?? null,
    message: extra.get("message") ?? null,
    status: Number(of("status")) || 0,
    errorCode: Number(of("error_code")) || 0,
    error: of("error"),
    unexpected: of("expected_response") === "false",
    connected: of("ip") !== "",
    h2: of(protocolTag) === "HTTP/2.0",
  };
}

function pair(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** One row of RFC 4180: values in quotes may hold commas and doubled quotes. */
export function splitRow(text: string): readonly string[] {
  if (!text.includes('"')) return text.split(",");
  const values: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const end = text[at] === '"' ? closingQuote(text, at) + 1 : nextComma(text, at);
    const raw = text.slice(at, end);
    values.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    at = end + 1;
  }
  return values;
}

function closingQuote(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at++;
  }
  return text.length;
}

function nextComma(text: string, from: number): number {
  const at = text.indexOf(",", from);
  return at < 0 ? text.length : at;
}
