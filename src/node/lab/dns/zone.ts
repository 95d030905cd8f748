import type { Answer, Packet, Question } from "dns-packet";
import type { Effects } from "../fault.ts";

/** What the lab's DNS knows of one name. */
export interface Name {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly effect: Effects["dns"] | null;
}

/** Answers one query; null: no answer at all. */
export type Zone = (query: Packet) => Packet | null;

/** An address of a public AWS range: `check` must notice it before a packet is sent there. */
export const publicAddress = "52.94.0.10";

const ttlSeconds = 60;
const authoritative = 1 << 10;
const recursionAvailable = 1 << 7;
const recursionDesired = 1 << 8;
const rcode = { formatError: 1, nameError: 3 } as const;

/**
 * Answers A with the name's addresses, one further in front each time, as Route 53 does; AAAA and every other type with no
 * data; names it does not know with NXDOMAIN.
 */
export function createZone(names: readonly Name[]): Zone {
  const known = new Map(names.map((entry) => [entry.name.toLowerCase(), { ...entry, turn: 0 }]));
  return (query) => {
    const [question, ...more] = query.questions ?? [];
    if (question === undefined || more.length > 0) return refuse(query, rcode.formatError);
    const entry = known.get(question.name.toLowerCase().replace(/\.$/, ""));
    if (entry === undefined || entry.effect === "nxdomain") return refuse(query, rcode.nameError);
    if (entry.effect === "silent") return null;
    if (question.type !== "A") return respond(query, 0, []);
    const turned = rotate(seen(entry), entry.turn);
    entry.turn += 1;
    return respond(
      query,
      0,
      turned.map((data) => ({ type: "A", name: question.name, ttl: ttlSeconds, data })),
    );
  };
}

function seen({ addresses, effect }: Name): readonly string[] {
  if (effect === "public") return [publicAddress];
  return effect === "one-zone" ? addresses.slice(0, 1) : addresses;
}

function rotate<T>(list: readonly T[], by: number): readonly T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

const refuse = (query: Packet, code: number): Packet => respond(query, code, []);

function respond(query: Packet, code: number, answers: Answer[]): Packet {
  const questions: Question[] = query.questions ?? [];
  const name = questions[0]?.name ?? ".";
  return {
    type: "response",
    id: query.id ?? 0,
    flags: ((query.flags ?? 0) & recursionDesired) | authoritative | recursionAvailable | code,
    questions,
    answers,
    // A negative answer needs the zone's SOA, or resolvers take it for a referral (RFC 2308).
    authorities: answers.length > 0 ? [] : [startOfAuthority(name)],
  };
}

const startOfAuthority = (name: string): Answer => ({
  type: "SOA",
  name,
  ttl: 1,
  data: {
    mname: "ns.lab.internal",
    rname: "nobody.lab.internal",
    serial: 1,
    refresh: 60,
    retry: 60,
    expire: 60,
    minimum: 1,
  },
});
