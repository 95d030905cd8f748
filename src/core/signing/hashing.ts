/**
 * The two synchronous functions signing needs, handed in because `node:crypto` and `k6/crypto` both have them and core may
 * import neither. Text is taken as UTF-8.
 */
export interface Hashing {
  sha256Hex(data: string | Uint8Array): string;
  hmacSha256(key: string | Uint8Array, data: string): Uint8Array;
  hmacSha256Hex(key: string | Uint8Array, data: string): string;
}
