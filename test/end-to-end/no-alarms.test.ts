import { expect, test } from "vitest";
import { checkHere, saidOf, startLabHere } from "../support/lab-check.ts";

// `npm run bench healthy` does it two hundred times.
const runs = 5;

test("runs in a row find nothing wrong with a healthy lab", { timeout: 300_000 }, async () => {
  const lab = await startLabHere();
  try {
    for (let run = 0; run < runs; run++) expect(saidOf(await checkHere(lab.config), "fail")).toEqual([]);
  } finally {
    await lab.stop();
  }
});
