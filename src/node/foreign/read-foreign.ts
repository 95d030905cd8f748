import type { ForeignFormat, ForeignOptions, ForeignReading, LineReader } from "#core/foreign/foreign-run.ts";
import { problem } from "#core/foreign/foreign-run.ts";
import { foreignNames, recogniseForeign } from "#core/foreign/index.ts";
import { createLeftOut } from "#core/foreign/left-out.ts";
import { inflateHistogram } from "./inflate-histogram.ts";
import { openText, type TextEnd, type TextSource } from "./open-text.ts";

/** A document is read whole; those that summarise are small. */
const wholeMax = 64 * 1024 * 1024;
/** vegeta writes the answers' bodies into its lines. */
const lineMax = 32 * 1024 * 1024;
const headMin = 64 * 1024;
const headMax = 1024 * 1024;

/**
 * Reads a file of another tool, whatever it is called and however large it is.
 *
 * @returns what it tells, or what is wrong with it, in a clause that follows the file's name
 */
export async function readForeign(path: string, options: Omit<ForeignOptions, "unpack">): Promise<ForeignReading> {
  const source = openText(path);
  try {
    const head = await readHead(source);
    if (head === "") return problem((await source.end()).problem ?? "it is empty");
    const format = recogniseForeign(head);
    if (format === null) return problem(unknown(head));
    const all = { ...options, unpack: inflateHistogram };
    return format.kind === "lines"
      ? await readLines(source, head, format.begin(all))
      : await readWhole(source, head, format, all);
  } finally {
    source.close();
  }
}

/** The first characters, with the end of the first line where it is not too far. */
async function readHead(source: TextSource): Promise<string> {
  let head = "";
  while (head.length < headMin || (head.length < headMax && !head.includes("\n"))) {
    const text = await source.next();
    if (text === null) break;
    head += text;
  }
  return head.startsWith("\ufeff") ? head.slice(1) : head;
}

function unknown(head: string): string {
  // A type's name and its fields' names stand at the beginning of a stream of Go's gob.
  if (head.includes("Result") && head.includes("Timestamp") && head.includes("Latency"))
    return "it is vegeta's own binary form of its results, which is not read: `vegeta encode FILE > results.json` makes one that is";
  const what = head.includes("\0") ? "it is no text" : "it is none of the files that are known";
  return `${what}. Known are a run's folder, report.json and observations.ndjson of pathproof, and: ${foreignNames.join("; ")}`;
}

async function readWhole(
  source: TextSource,
  head: string,
  format: Extract<ForeignFormat, { kind: "whole" }>,
  options: ForeignOptions,
): Promise<ForeignReading> {
  const parts = [head];
  let length = head.length;
  for (let text = await source.next(); text !== null; text = await source.next()) {
    length += text.length;
    if (length > wholeMax) return problem(`it is larger than ${wholeMax / 1024 / 1024} MiB, which no summary is`);
    parts.push(text);
  }
  const { problem: broken } = await source.end();
  return broken === null ? format.read(parts.join(""), options) : problem(broken);
}

async function readLines(source: TextSource, head: string, reader: LineReader): Promise<ForeignReading> {
  const leftOut = createLeftOut();
  let rest = "";
  let number = 0;
  const take = (text: string): void => {
    const chunk = rest + text;
    let from = 0;
    for (let at = chunk.indexOf("\n"); at >= 0; at = chunk.indexOf("\n", from)) {
      number += 1;
      const line = chunk.charCodeAt(at - 1) === carriageReturn ? chunk.slice(from, at - 1) : chunk.slice(from, at);
      const wrong = reader.line(line, number);
      if (wrong !== null) leftOut.add(number, wrong);
      from = at + 1;
    }
    rest = chunk.slice(from);
  };
  take(head);
  for (let text = await source.next(); text !== null; text = await source.next()) {
    take(text);
    if (rest.length > lineMax) return problem(`line ${number + 1} is longer than ${lineMax / 1024 / 1024} MiB`);
  }
  const ended = await source.end();
  const reading = reader.end();
  const lost = [...leftOut.sentences(), ...tornSentences(rest, number, ended)];
  if (reading.kind === "problem") return lost.length === 0 ? reading : problem(`${reading.problem} (${lost[0]})`);
  return { kind: "run", run: { ...reading.run, leftOut: [...reading.run.leftOut, ...lost] } };
}

const carriageReturn = 0x0d;

/** These files end with a line's end: what stands after the last one was being written when the tool was killed. */
function tornSentences(rest: string, number: number, { problem: broken }: TextEnd): readonly string[] {
  return [
    ...(rest.trim() === "" ? [] : [`line ${number + 1}: it is cut off, as the file's last; left out`]),
    ...(broken === null ? [] : [`${broken}; what came before was read`]),
  ];
}
