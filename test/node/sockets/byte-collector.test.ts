import fc from "fast-check";
import { expect, test } from "vitest";
import { createByteCollector } from "#node/sockets/byte-collector.ts";

test("pieces are kept as one, whatever becomes of the memory they came in", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 20 }), (pieces) => {
      const collector = createByteCollector();
      for (const piece of pieces) {
        const shared = Buffer.from(piece);
        collector.add(shared);
        shared.fill(0x58);
      }
      expect(collector.bytes).toEqual(Buffer.concat(pieces));
      expect(collector.length).toBe(collector.bytes.length);
    }),
    { seed: 20261125 },
  );
});

test("collectors that share their memory take no more than there is, and give it back", () => {
  const room = { bytesLeft: 10_000 };
  const [one, another] = [createByteCollector(room), createByteCollector(room)];
  expect(one.add(new Uint8Array(8000))).toBe(true);
  expect(another.add(new Uint8Array(3000))).toBe(false);
  expect(another.length).toBe(0);
  one.clear();
  expect(another.add(new Uint8Array(3000))).toBe(true);
  one.drop();
  another.drop();
  expect(room.bytesLeft).toBe(10_000);
});

test("a million pieces of a byte cost no more memory than twice the bytes, give or take", () => {
  const collector = createByteCollector();
  const piece = Buffer.from("x");
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 1_000_000; count++) collector.add(piece);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  expect(collector.length).toBe(1_000_000);
});
