import { expect, test } from "vitest";
import { judgeGenerator } from "#core/statistics/saturation.ts";

const healthy = {
  requests: 10_000,
  dropped: 0,
  lateMsP99: 1,
  serviceMsP99: 20,
  cpuShare: 0.3,
  stealShare: 0.002,
  throttledShare: 0,
};

test("a generator that keeps its times is not saturated, and has nothing to say", () => {
  expect(judgeGenerator(healthy)).toEqual({ saturated: false, timesDoubtful: false, sentences: [] });
  expect(
    judgeGenerator({ ...healthy, lateMsP99: null, serviceMsP99: null, cpuShare: null, stealShare: null }).saturated,
  ).toBe(false);
});

test.each([
  ["drops more than one request in a thousand", { dropped: 11 }, false],
  ["sends one in a hundred later than half the service time", { lateMsP99: 51 }, true],
  ["takes nearly all of the machine", { cpuShare: 0.95 }, true],
  ["is robbed by the hypervisor", { stealShare: 0.08 }, true],
  ["is held back by a quota", { throttledShare: 0.02 }, true],
])("a generator that %s is saturated, and says so", (_, over, timesDoubtful) => {
  const verdict = judgeGenerator({ ...healthy, ...over });
  expect(verdict).toMatchObject({ saturated: true, timesDoubtful });
  expect(verdict.sentences).toHaveLength(1);
});

test.each([
  ["a single request dropped", { dropped: 1 }],
  ["a busy machine", { cpuShare: 0.8 }],
  ["a little steal", { stealShare: 0.02 }],
  ["a quota that held back once", { throttledShare: 0.001 }],
])("%s is said, and saturates nothing", (_, over) => {
  const verdict = judgeGenerator({ ...healthy, ...over });
  expect(verdict.saturated).toBe(false);
  expect(verdict.sentences).toHaveLength(1);
});

test("lateness that is small beside the service time is left alone", () => {
  expect(judgeGenerator({ ...healthy, lateMsP99: 200, serviceMsP99: 1000 }).saturated).toBe(false);
});
