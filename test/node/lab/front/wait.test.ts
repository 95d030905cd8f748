import { describe, expect, test } from "vitest";
import { wait } from "#node/lab/front/wait.ts";

const never = new AbortController().signal;

/** How long it took, the shortest of several: a busy machine makes some longer, and none shorter. */
async function shortest(milliseconds: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 20; run++) {
    const startedAt = performance.now();
    expect(await wait(milliseconds, never)).toBe(true);
    least = Math.min(least, performance.now() - startedAt);
  }
  return least;
}

describe("waiting in the lab", () => {
  test.each([0.4, 1, 3.5, 11])("%d ms are never less, and can be met to half a millisecond", async (milliseconds) => {
    const least = await shortest(milliseconds);
    expect(least).toBeGreaterThanOrEqual(milliseconds);
    expect(least).toBeLessThan(milliseconds + 0.5);
  });

  test("ends when nobody waits any more", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    expect(await wait(60_000, controller.signal)).toBe(false);
    expect(await wait(500, controller.signal)).toBe(false);
  });
});
