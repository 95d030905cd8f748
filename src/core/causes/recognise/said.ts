import { type Answered, header } from "#core/observations/exchange.ts";

/** What an answer says of itself, in whichever of AWS's forms. */
export interface Said {
  /** `AccessDeniedException`; null when none is given. */
  readonly errorType: string | null;
  /** The message of a JSON body, else the body. */
  readonly message: string;
  /** Lambda's `Reason` for throttling. */
  readonly reason: string | null;
}

export const said = (answer: Answered): Said => saidIn(answer.body, header(answer, errorTypeHeader));

export const errorTypeHeader = "x-amzn-errortype";

/**
 * Reads the header, the body's `__type`, `code` or `errorType`, `message` in either case, or a line `Code: message`.
 *
 * @param inHeader the value of `errorTypeHeader`
 */
export function saidIn(body: string, inHeader: string | null): Said {
  const json = readObject(body);
  const line = /^\s*([A-Za-z]+(?:Exception|Error)):\s/.exec(body);
  const named = inHeader ?? textIn(json, "__type", "code", "errorType") ?? line?.[1] ?? null;
  return {
    errorType: named === null ? null : bare(named) || null,
    message: textIn(json, "message", "Message", "errorMessage") ?? body,
    reason: textIn(json, "Reason"),
  };
}

/** `com.amazon.coral#AccessDeniedException:http://…` → `AccessDeniedException`. */
const bare = (type: string): string => type.replace(/:[\s\S]*$/, "").replace(/^[\s\S]*#/, "");

type Fields = ReadonlyMap<string, unknown>;

function readObject(body: string): Fields {
  if (!body.trimStart().startsWith("{")) return new Map();
  try {
    const value: unknown = JSON.parse(body);
    return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  } catch {
    // Cut at what is kept of a body, or not JSON after all: then it is read as text.
    return new Map();
  }
}

function textIn(fields: Fields, ...names: readonly string[]): string | null {
  const found = names.map((name) => fields.get(name)).find((value) => typeof value === "string");
  return typeof found === "string" ? found : null;
}
