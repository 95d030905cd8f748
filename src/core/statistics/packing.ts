/** How bytes become text: deflate and base64, which core cannot do itself. */
export interface Packing {
  pack(bytes: Uint8Array): string;
  /** Null for what `pack` did not write. */
  unpack(text: string): Uint8Array | null;
}
