import { type Bytes, bytes } from "#core/units.ts";

/** What a text takes on the wire. */
export function utf8Length(text: string): Bytes {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Two units of a surrogate pair make four bytes, two each.
    if (unit > 0x7f) length += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes(length);
}
