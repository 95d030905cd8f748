/** Bytes that come in pieces, kept in one place: a million pieces of a byte each would cost a hundred times as much. */
export interface ByteCollector {
  readonly length: number;
  /** Copies. */
  add(chunk: Uint8Array): void;
  /** What has come so far; not to be changed, nor read after the next `add`. */
  readonly bytes: Buffer;
}

const firstRoom = 1024;

export function createByteCollector(): ByteCollector {
  let room = Buffer.alloc(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(chunk) {
      const needed = length + chunk.length;
      if (needed > room.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(firstRoom, needed, 2 * room.length));
        larger.set(room.subarray(0, length));
        room = larger;
      }
      room.set(chunk, length);
      length = needed;
    },
    get bytes() {
      return room.subarray(0, length);
    },
  };
}
