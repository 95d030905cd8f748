import { memberAt } from "./check-members.ts";
import type { EventShape, Repeats } from "./event-shape.ts";
import { hopByHop } from "./forwarded.ts";
import type { Headers } from "./front-request.ts";
import { isObject } from "./json.ts";
import { allValues, lowerNames, without } from "./pairs.ts";
import { decodedPairs, queryPairs } from "./query.ts";

/** Headers that fronts drop, replace or add to: they prove nothing about the event. */
const unsettled: readonly string[] = [
  ...hopByHop,
  "authorization",
  "content-length",
  "content-md5",
  "expect",
  "host",
  "max-forwards",
  "server",
  "www-authenticate",
  "x-amz-security-token",
];

const frontsOwn = (name: string): boolean => /^x-(forwarded-|amzn-)/.test(name);

/** One text however it was split: `v1, v2`, `v1,v2` and a list of both are the same values. */
const joined = (values: readonly unknown[]): string =>
  values
    .join(",")
    .replaceAll(/\s*,\s*/g, ",")
    .trim();

function agrees(found: unknown, sent: readonly string[], repeats: Repeats): boolean {
  if (repeats === "last") return typeof found === "string" && found.trim() === sent.at(-1)?.trim();
  return joined(Array.isArray(found) ? found : [found]) === joined(sent);
}

const show = (value: unknown): string => JSON.stringify(value) ?? "nothing";

const shouldBe = (sent: readonly string[], repeats: Repeats): string =>
  show(repeats === "list" ? sent : repeats === "last" ? sent.at(-1) : sent.join(", "));

/** Whether the headers that were sent are in the event as the form has them. */
export function checkHeaders(event: unknown, shape: EventShape, headers: Headers): readonly string[] {
  const sent = Object.entries(allValues(lowerNames(without(headers, unsettled))));
  return shape.headers.flatMap(({ at, repeats }) => {
    const map = memberAt(event, at);
    // A wrong type was reported already; null where headers were sent is reported name by name.
    if (map !== null && !isObject(map)) return [];
    const found = new Map(Object.entries(map ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const upper = shape.lowerCaseNames ? Object.keys(map ?? {}).filter((name) => name !== name.toLowerCase()) : [];
    return [
      ...upper.map((name) => `${at} has ${name}, and should have its names in lower case`),
      ...sent
        .filter(([name, values]) => !frontsOwn(name) && !agrees(found.get(name), values, repeats))
        .map(
          ([name, values]) =>
            `${at} should have ${name} as ${shouldBe(values, repeats)}, and has ${show(found.get(name))}`,
        ),
    ];
  });
}

function checkOneQuery(map: unknown, at: string, repeats: Repeats, pairs: Headers): readonly string[] {
  const sent = allValues(pairs);
  const found = isObject(map) ? map : {};
  const has = (name: string): unknown => (Object.hasOwn(found, name) ? found[name] : undefined);
  const wrong = Object.entries(sent).filter(([name, values]) => !agrees(has(name), values, repeats));
  const extra = Object.keys(found).filter((name) => !Object.hasOwn(sent, name));
  return [
    ...wrong.map(
      ([name, values]) => `${at} should have ${name} as ${shouldBe(values, repeats)}, and has ${show(has(name))}`,
    ),
    ...extra.map((name) => `${at} has ${name}, which was not sent`),
  ];
}

/** Whether the query's parameters are in the event as the form has them, and no others. */
export function checkParameters(event: unknown, shape: EventShape, query: string): readonly string[] {
  const raw = queryPairs(query);
  const decoded = decodedPairs(query);
  return shape.parameters.flatMap(({ at, repeats }) => {
    const map = memberAt(event, at);
    if (map !== undefined && map !== null && !isObject(map)) return [];
    const asRaw = checkOneQuery(map, at, repeats, raw);
    const asDecoded = checkOneQuery(map, at, repeats, decoded);
    if (shape.parametersAre === "either") return asRaw.length === 0 ? [] : asDecoded;
    return shape.parametersAre === "raw" ? asRaw : asDecoded;
  });
}
