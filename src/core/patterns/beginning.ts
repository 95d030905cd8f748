import type { Pattern } from "./pattern.ts";

/** The text that everything begins with for which the pattern stands; may be empty. */
export function beginningOf(pattern: Pattern): string {
  return letters(pattern).text;
}

/** `whole`: the pattern stands for this text and for no other. */
function letters(pattern: Pattern): { readonly text: string; readonly whole: boolean } {
  switch (pattern.kind) {
    case "unit": {
      const [only, ...more] = pattern.of;
      if (only === undefined || more.length > 0 || only[0] !== only[1]) return { text: "", whole: false };
      return { text: String.fromCharCode(only[0]), whole: true };
    }
    case "sequence": {
      let text = "";
      for (const part of pattern.of) {
        const begun = letters(part);
        text += begun.text;
        if (!begun.whole) return { text, whole: false };
      }
      return { text, whole: true };
    }
    case "choice": {
      const [only, ...more] = pattern.of;
      return only === undefined || more.length > 0 ? { text: "", whole: false } : letters(only);
    }
    case "repeat":
      return { text: pattern.min > 0 ? letters(pattern.what).text : "", whole: false };
    case "assertion":
      return { text: "", whole: false };
  }
}
