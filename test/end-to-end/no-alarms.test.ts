import { expect, test } from "vitest";
import { alarmsOf, checkHere, startLabHere } from "../support/lab-check.ts";

// `npm run bench healthy` does it two hundred times.
const runs = 8;

test("runs in a row, two at a time, find nothing wrong with a healthy lab", { timeout: 300_000 }, async () => {
  const lab = await startLabHere();
  try {
    for (let run = 0; run < runs; run += 2) {
      const both = await Promise.all([checkHere(lab.config), checkHere(lab.config)]);
      expect(both.flatMap(alarmsOf)).toEqual([]);
    }
  } finally {
    await lab.stop();
  }
});
