/** From the config's root: `["targets", "orders", "url"]`. */
export type Path = readonly (string | number)[];

export interface Problem {
  readonly path: Path;
  /** Continues `expected …`. */
  readonly expected: string;
  /** Continues `got …`; never a secret, nor what an environment variable holds. */
  readonly got: string;
}

/** `targets.orders.requests["a b"].headers[0]`; empty for the root. */
export const showPath = (path: Path): string =>
  path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `[${quote(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");

/** In double quotes, cut to a line's worth, everything that could garble a terminal escaped. */
export function quote(text: string, charactersMax = 60): string {
  const cut = text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
