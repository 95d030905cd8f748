import { createSocket } from "node:dgram";
import { type Answer, decode, encode, type Packet } from "dns-packet";
import { onTestFinished } from "vitest";

export interface Question {
  readonly name: string;
  readonly type: string;
}

/** Addresses, a response code, or silence. */
export type Said = readonly string[] | "NXDOMAIN" | "SERVFAIL" | "REFUSED" | null;

export interface NameServer {
  /** As `network.dns` takes it. */
  readonly address: string;
  readonly asked: readonly Question[];
}

const codes = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 } as const;

/** A DNS server on UDP at 127.0.0.1 that says what the test wants. */
export async function listenNames(say: (question: Question) => Said): Promise<NameServer> {
  const asked: Question[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (message, { port, address }) => {
    const query = decode(message);
    const question = query.questions?.[0];
    if (question === undefined) return;
    asked.push({ name: question.name, type: question.type });
    const said = say(question);
    if (said !== null) socket.send(encode(reply(query, question, said)), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await new Promise<void>((resolve) => socket.close(resolve));
  });
  return { address: `127.0.0.1:${socket.address().port}`, asked };
}

function reply(query: Packet, question: Question, said: Exclude<Said, null>): Packet {
  const recursion = 0x0180;
  const head = {
    type: "response" as const,
    questions: query.questions ?? [],
    ...(query.id === undefined ? {} : { id: query.id }),
  };
  if (typeof said === "string") return { ...head, flags: recursion | codes[said] };
  const answers = said.flatMap((data): Answer[] => {
    const type = data.includes(":") ? ("AAAA" as const) : ("A" as const);
    return type === question.type ? [{ type, name: question.name, ttl: 60, data }] : [];
  });
  return { ...head, flags: recursion, answers };
}
