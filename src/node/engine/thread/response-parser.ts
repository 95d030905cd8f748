import { bodyBytesMax, headerBytesMax } from "#node/sockets/answer-limits.ts";
import { createByteCollector, type Room } from "#node/sockets/byte-collector.ts";
import { chunkSize } from "./grammar.ts";
import type { HeadCache } from "./head-cache.ts";
import { createLineReader, tooLong } from "./line-reader.ts";
import { createHeadReader, framing, type HeadReader, noHead, type ResponseHead, readHeader } from "./response-head.ts";

/** `done`: the whole response is here. `refused`: what came is not HTTP/1.1, see `problem`. */
export type Progress = "more" | "done" | "refused";

/** Reads one response after the other from a connection, however its bytes are cut. Keeps nothing of what it is given. */
export interface ResponseParser {
  /** Before each response: what was asked decides whether it may have a body, and with which statuses that is kept. */
  begin(request: { readonly method: string; readonly keepsBody: (status: number) => boolean }): void;
  push(chunk: Buffer): Progress;
  /** The peer has ended the connection: for some bodies that is their end. */
  end(): Progress;
  /** Of the response that is done. */
  readonly head: ResponseHead;
  /** Whether the connection may serve another request. */
  readonly keptAlive: boolean;
  /** As UTF-8; empty unless it was to be kept. It is handed over once, and then forgotten. */
  body(): string;
  /** Whether a byte came since `begin`. */
  readonly begun: boolean;
  /** Whether the head of the response proper is complete. */
  readonly answered: boolean;
  /** Whether bytes came after the end of the response, which nobody asked for. */
  readonly surplus: boolean;
  /** Why it was refused. */
  readonly problem: string;
  /** The part of it that was refused for its length alone; null: none was. */
  readonly excess: "headers" | "body" | null;
  /** Gives back the memory that it holds. */
  close(): void;
}

type State = "head" | "counted" | "size" | "chunk" | "chunk-end" | "trailers" | "until-close" | "done" | "refused";

/** Of a chunk's size and extensions: Node's own bound. */
const sizeLineMax = 16_384;

/** @param cache shared by the connections to one target @param room for bodies, shared by all connections of a thread */
export function createResponseParser(cache: HeadCache, room?: Room): ResponseParser {
  const lines = createLineReader();
  let state: State = "done";
  let bodiless = false;
  let keepsBodyOf: (status: number) => boolean = () => false;
  let keepsBody = false;
  let begun = false;
  let answered = false;
  let surplus = false;
  let untilClose = false;
  let problem = "";
  let reader: HeadReader | null = null;
  let head = noHead;
  /** Of a counted body or a chunk, still to come. */
  let left = 0;
  let excess: ResponseParser["excess"] = null;
  let text = "";
  const kept = createByteCollector(room);

  const refuse = (why: string): State => {
    problem = why;
    return "refused";
  };

  const refuseLength = (part: "headers" | "body", why: string): State => {
    excess = part;
    return refuse(why);
  };

  const afterHead = (found: ResponseHead): State => {
    reader = null;
    const { status, length } = found;
    if (status === 101) return refuse("it switches protocols, which nobody asked for");
    // 100, 102 and 103 come before the response proper, which nothing can follow that ends the connection.
    if (status < 200) return found.keptAlive ? "head" : refuse("the connection ends before the response proper");
    head = found;
    answered = true;
    keepsBody = keepsBodyOf(status);
    if (bodiless || status === 204 || status === 304) return "done";
    switch (length.kind) {
      case "until-close":
        untilClose = true;
        return "until-close";
      case "chunked":
        return beforeSize();
      case "bytes":
        left = length.bytes;
        return left === 0 ? "done" : "counted";
    }
  };

  const beforeSize = (): State => {
    lines.allow(sizeLineMax);
    return "size";
  };

  const takeHeadLine = (line: string): State => {
    reader ??= createHeadReader();
    if (line === "") {
      const found = reader.end();
      return typeof found === "string" ? refuse(found) : afterHead(found);
    }
    const wrong = reader.line(line);
    return wrong === null ? "head" : refuse(wrong);
  };

  const takeSize = (line: string): State => {
    const [, digits = ""] = chunkSize.exec(line) ?? [];
    left = digits === "" ? Number.NaN : Number.parseInt(digits, 16);
    if (!Number.isSafeInteger(left)) return refuse("a chunk has no size that can be read");
    lines.allow(headerBytesMax);
    return left === 0 ? "trailers" : "chunk";
  };

  const takeTrailer = (line: string): State => {
    if (line === "") return "done";
    const trailers: (readonly [string, string])[] = [];
    const wrong = readHeader(line, trailers);
    if (wrong !== null) return refuse(wrong);
    const [[name] = [""]] = trailers;
    return framing.includes(name) ? refuse("its length is announced after it has ended") : "trailers";
  };

  const takeLine = (line: string): State => {
    switch (state) {
      case "size":
        return takeSize(line);
      case "chunk-end":
        return line === "" ? beforeSize() : refuse(chunkTooLong);
      case "trailers":
        return takeTrailer(line);
      default:
        return takeHeadLine(line);
    }
  };

  const refuseLine = (why: string): State => {
    if (state === "chunk-end") return refuse(chunkTooLong);
    return why === tooLong.problem && state !== "size" ? refuseLength("headers", why) : refuse(why);
  };

  const readLine = (chunk: Buffer, at: number): number => {
    const line = lines.read(chunk, at);
    if (typeof line === "string") state = takeLine(line);
    else if (line !== null) state = refuseLine(line.problem);
    else if (state === "head" && reader === null && !mayBegin(lines.partial)) state = refuse(notHttp);
    return lines.at;
  };

  const readHead = (chunk: Buffer, at: number): number => {
    const isWhole = reader === null && lines.partial === "";
    const known = isWhole ? cache.recall(chunk, at) : null;
    if (known !== null) {
      state = afterHead(known.head);
      return at + known.bytes;
    }
    let next = at;
    do next = readLine(chunk, next);
    while (next < chunk.length && state === "head" && reader !== null);
    if (isWhole && answered) cache.remember(chunk, at, next, head);
    return next;
  };

  const readBody = (chunk: Buffer, at: number): number => {
    const there = chunk.length - at;
    const size = state === "until-close" ? there : Math.min(left, there);
    // Most bodies come whole: those are read where they are.
    if (keepsBody && state === "counted" && size === left && kept.length === 0 && size <= bodyBytesMax) {
      text = chunk.toString("utf8", at, at + size);
    } else if (keepsBody) {
      const fits = kept.length + size <= bodyBytesMax && kept.add(chunk.subarray(at, at + size));
      if (!fits) {
        state = refuseLength("body", "its body is longer than can be held");
        return chunk.length;
      }
    }
    if (state === "until-close") return chunk.length;
    left -= size;
    if (left > 0) return at + size;
    if (state === "chunk") lines.allow(2);
    state = state === "chunk" ? "chunk-end" : "done";
    return at + size;
  };

  const progress = (): Progress => (state === "done" || state === "refused" ? state : "more");

  return {
    begin(request) {
      state = "head";
      bodiless = request.method === "HEAD";
      keepsBodyOf = request.keepsBody;
      begun = false;
      answered = false;
      surplus = false;
      untilClose = false;
      excess = null;
      reader = null;
      left = 0;
      text = "";
      if (kept.length > 0) kept.clear();
      lines.allow(headerBytesMax);
    },
    push(chunk) {
      let at = 0;
      begun ||= chunk.length > 0;
      while (at < chunk.length && progress() === "more") {
        if (state === "head") at = readHead(chunk, at);
        else if (state === "counted" || state === "chunk" || state === "until-close") at = readBody(chunk, at);
        else at = readLine(chunk, at);
      }
      surplus = at < chunk.length;
      return progress();
    },
    end() {
      if (state === "until-close") state = "done";
      return progress();
    },
    get head() {
      return head;
    },
    get keptAlive() {
      return head.keptAlive && !untilClose;
    },
    body() {
      const whole = kept.length > 0 ? kept.bytes.toString("utf8") : text;
      text = "";
      if (kept.length > 0) kept.clear();
      return whole;
    },
    get begun() {
      return begun;
    },
    get answered() {
      return answered;
    },
    get surplus() {
      return surplus;
    },
    get problem() {
      return problem;
    },
    get excess() {
      return excess;
    },
    close: kept.drop,
  };
}

const chunkTooLong = "a chunk is longer than its size";

const beginning = "HTTP/1.";
const notHttp = "it does not begin as HTTP/1.1 does";

/** Whether a status line can still come of it: who speaks another protocol may never send a line end. */
const mayBegin = (partial: string): boolean =>
  partial.length < beginning.length ? beginning.startsWith(partial) : partial.startsWith(beginning);
