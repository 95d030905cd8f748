import { kib } from "#core/units.ts";
import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { sizedAsks } from "./variants.ts";

const sizes = [kib(1), kib(4), kib(16), kib(64), kib(256), kib(1024), kib(4096)];
const usualMax = kib(256);

export const payloadSizes: Scenario = {
  shape: steady,
  asks: (target, { bytesMax }) =>
    sizedAsks(
      target,
      sizes.filter((size) => size <= Math.max(bytesMax ?? usualMax, kib(1))),
    ),
};
