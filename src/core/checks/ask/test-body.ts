import { type Bytes, kib, mib } from "#core/units.ts";

/** A body of known content: what arrives is compared by length and SHA-256. */
export interface TestBody {
  readonly label: string;
  readonly bytes: Bytes;
  /** Hex; held to `testBodyText` by a test, since there is no hash to be had here. */
  readonly sha256: string;
}

/** Below a packet, beyond a socket buffer, beyond what is usual, and beyond the 1 MiB at which many proxies stop by default. */
export const testBodies: readonly TestBody[] = [
  { label: "1 KiB", bytes: kib(1), sha256: "a819820d5670d86ec1aaebc10056843c323defe3a11d191d8e7447bc7f195a3f" },
  { label: "64 KiB", bytes: kib(64), sha256: "92b10b478895b1ff5b96222b2dab25a130c1e1220032e44f2ce149bf98bd9688" },
  { label: "512 KiB", bytes: kib(512), sha256: "695d364a2d5894d34244934d6362e4cc507e8e758a0ae8ae5c090623885a62d1" },
  { label: "2 MiB", bytes: mib(2), sha256: "bdbac12351f255674ed6ca346a8cf55a7b128448088b5d9ae955d2c692614cba" },
];

/** Sixteen characters that say where they stand, so that a lost, doubled or swapped piece changes the digest. */
const piece = (index: number): string => `${String(index * 16).padStart(15, "0")} `;

const made = new Map<Bytes, string>();

/** Plain ASCII, a byte a character, with nothing that JSON must escape. Made once per size: many targets send the same. */
export function testBodyText({ bytes: size }: TestBody): string {
  const known = made.get(size);
  if (known !== undefined) return known;
  const text = Array.from({ length: size / 16 }, (_, index) => piece(index)).join("");
  made.set(size, text);
  return text;
}
