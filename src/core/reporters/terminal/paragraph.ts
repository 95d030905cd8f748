import { clean, clip } from "../clean.ts";
import { wrap } from "../wrap.ts";
import type { TerminalView } from "./view.ts";

const charactersMax = 1200;

/** A paragraph whose first line begins with `head`, the others under it. */
export const paragraph = (head: string, text: string, { columns }: TerminalView): readonly string[] =>
  wrap(clip(clean(text), charactersMax), Math.max(20, columns - head.length)).map(
    (line, index) => `${index === 0 ? head : " ".repeat(head.length)}${line}`,
  );
