/**
 * What a text says other than one that is like it: `10.0.2.10:443 … 884`. Empty where it says the same; all of it where more than
 * half is other, since then they are not alike.
 */
export function differingWords(text: string, like: string): string {
  const [words, others] = [text.split(" "), like.split(" ")];
  if (words.length !== others.length) return text;
  const differing = words.filter((word, index) => word !== others[index]);
  return differing.length > words.length / 2 ? text : differing.join(" … ");
}
