/** Bytes that come in pieces, kept in one place: a million pieces of a byte each would cost a hundred times as much. */
export interface ByteCollector {
  readonly length: number;
  /** Copies. @returns false where no memory is left for it: then it has taken nothing */
  add(chunk: Uint8Array): boolean;
  /** What has come so far; not to be changed, nor read after the next `add`. */
  readonly bytes: Buffer;
  /** Begins anew, and gives back all memory but a little. */
  clear(): void;
  /** Gives back all of it. */
  drop(): void;
}

/** Memory that many collectors share. */
export interface Room {
  bytesLeft: number;
}

const firstRoom = 1024;
/** Not given back between two answers: most of them fit in. */
const keptRoom = 4096;

export function createByteCollector(shared: Room = { bytesLeft: Number.POSITIVE_INFINITY }): ByteCollector {
  let room = Buffer.alloc(0);
  let length = 0;
  const drop = (): void => {
    shared.bytesLeft += room.length;
    room = Buffer.alloc(0);
    length = 0;
  };
  return {
    get length() {
      return length;
    },
    add(chunk) {
      const needed = length + chunk.length;
      if (needed > room.length) {
        const size = Math.max(firstRoom, needed, 2 * room.length);
        if (size - room.length > shared.bytesLeft) return false;
        shared.bytesLeft -= size - room.length;
        const larger = Buffer.allocUnsafeSlow(size);
        larger.set(room.subarray(0, length));
        room = larger;
      }
      room.set(chunk, length);
      length = needed;
      return true;
    },
    get bytes() {
      return room.subarray(0, length);
    },
    clear() {
      if (room.length > keptRoom) drop();
      length = 0;
    },
    drop,
  };
}
