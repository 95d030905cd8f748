import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createFairReading, type Readable } from "#node/sockets/fair-reading.ts";

function listening(): Readable & { readonly paused: boolean } {
  let paused = false;
  return {
    pause: () => (paused = true),
    resume: () => (paused = false),
    get paused() {
      return paused;
    },
  };
}

function read(spentMs: number): void {
  const endsAt = performance.now() + spentMs;
  while (performance.now() < endsAt);
}

test("who speaks on in a turn that has read for long is heard on in the next one", async () => {
  const fairly = createFairReading();
  const [first, second] = [listening(), listening()];
  fairly(first);
  read(30);
  fairly(first);
  fairly(second);
  expect([first.paused, second.paused]).toEqual([true, true]);
  await setImmediate();
  expect([first.paused, second.paused]).toEqual([false, false]);
  fairly(first);
  expect(first.paused).toBe(false);
});
