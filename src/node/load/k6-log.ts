import { redact } from "#core/observations/redact.ts";

/** Reads what k6 writes to stderr: one JSON object a line, the same again and again when much fails. */
export interface K6Log {
  push(chunk: Buffer): void;
  end(): void;
  /** Exceptions that no scenario of ours caught. */
  readonly thrown: number;
  readonly firstException: string | null;
  /** The last few errors, for when k6 ends badly. */
  readonly errors: readonly string[];
}

const kindsMax = 40;
const errorsMax = 3;
const lineBytesMax = 64 * 1024;

/** @param onLine each kind of line once, its numbers left out of account */
export function createK6Log(onLine: (line: string) => void): K6Log {
  const seen = new Set<string>();
  const errors: string[] = [];
  let thrown = 0;
  let firstException: string | null = null;
  let rest = "";

  const take = (line: string): void => {
    const entry = parse(line);
    if (entry === null) return;
    const text = redact([], entry.text);
    if (entry.isException) {
      thrown += 1;
      firstException ??= text;
    }
    if (entry.isError) {
      errors.push(text);
      if (errors.length > errorsMax) errors.shift();
    }
    // Ports, times and counts make the same line look different.
    const kind = text.replace(/\d+/g, "#");
    if (seen.has(kind) || seen.size > kindsMax) return;
    seen.add(kind);
    onLine(seen.size > kindsMax ? "k6 goes on with other warnings; they are left out from here on" : text);
  };

  return {
    push(chunk) {
      const lines = (rest + chunk.toString("utf8")).split("\n");
      rest = (lines.pop() ?? "").slice(0, lineBytesMax);
      for (const line of lines) if (line !== "") take(line);
    },
    end() {
      if (rest !== "") take(rest);
      rest = "";
    },
    get thrown() {
      return thrown;
    },
    get firstException() {
      return firstException;
    },
    errors,
  };
}

interface Entry {
  readonly text: string;
  readonly isError: boolean;
  readonly isException: boolean;
}

function parse(line: string): Entry | null {
  // Go's own crash comes as plain text.
  if (!line.startsWith("{")) return { text: line.trim(), isError: true, isException: false };
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said !== "object" || said === null) return null;
    const of = (name: string): string => (name in said ? String(Reflect.get(said, name)) : "");
    const level = of("level");
    if (level === "info" && of("source") !== "console") return null;
    const parts = [of("msg"), of("error"), of("hint") === "script exception" ? "" : of("hint")];
    return {
      text: parts
        .filter((part) => part !== "")
        .join(": ")
        .trim(),
      isError: level === "error" || level === "fatal" || level === "panic",
      isException: of("source") === "stacktrace",
    };
  } catch {
    return null;
  }
}
