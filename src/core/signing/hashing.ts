/**
 * The two synchronous functions signing needs, handed in because `node:crypto` and `k6/crypto` both have them and core may
 * import neither. Text is taken as UTF-8.
 */
export interface Hashing {
  sha256Hex(data: string | Uint8Array): string;
  hmacSha256(key: string | Uint8Array, data: string): Uint8Array;
  hmacSha256Hex(key: string | Uint8Array, data: string): string;
  /** For many texts that begin alike. @param opening all of them but the `rest`, which is ASCII of one length each time */
  hmacSha256HexFrom(key: Uint8Array, opening: string): (rest: string) => string;
}
