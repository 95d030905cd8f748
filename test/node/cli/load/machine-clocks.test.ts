import { describe, expect, test } from "vitest";
import { readMachineClocks } from "../../../../src/node/cli/load/machine-clocks.ts";

const stat = "cpu  100 20 30 800 5 0 5 40 7 7\ncpu0 50 10 15 400 2 0 3 20 3 3\nintr 1 2 3\n";
const cpuStat = "usage_usec 1\nnr_periods 200\nnr_throttled 30\nthrottled_usec 9\n";

const machine = (files: Readonly<Record<string, string>>) => readMachineClocks((path) => files[path] ?? null);

describe("the clocks of a machine", () => {
  test("tell what a hypervisor took, of the time of all cores, guests not counted twice", () => {
    expect(machine({ "/proc/stat": stat })).toEqual({ stolen: { part: 40, of: 1000 }, throttled: null });
  });

  test.each([
    ["version 2, at the group that /proc names", "0::/pod/main\n", "/sys/fs/cgroup/pod/main/cpu.stat"],
    ["version 2, seen from within a container", "0::/pod/main\n", "/sys/fs/cgroup/cpu.stat"],
    ["version 2, in a namespace of its own", "0::/\n", "/sys/fs/cgroup/cpu.stat"],
    ["version 1", "4:memory:/a\n2:cpu,cpuacct:/ecs/task\n", "/sys/fs/cgroup/cpu,cpuacct/ecs/task/cpu.stat"],
    ["version 1, seen from within a container", "2:cpu,cpuacct:/ecs/task\n0::/\n", "/sys/fs/cgroup/cpu/cpu.stat"],
  ])("tell how often a quota held back: cgroup %s", (_, groups, path) => {
    expect(machine({ "/proc/self/cgroup": groups, [path]: cpuStat }).throttled).toEqual({ part: 30, of: 200 });
  });

  test("tell nothing of a quota where there is none, nor of what cannot be read", () => {
    const free = cpuStat.replace("nr_periods 200", "nr_periods 0");
    expect(machine({ "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.stat": free }).throttled).toBeNull();
    expect(machine({ "/proc/stat": "cpu nonsense", "/proc/self/cgroup": "?" })).toEqual({
      stolen: null,
      throttled: null,
    });
  });

  test.runIf(process.platform === "linux")("are read from this very machine", () => {
    const { stolen } = readMachineClocks();
    expect(stolen?.of).toBeGreaterThan(0);
    expect(stolen?.part).toBeLessThanOrEqual(stolen?.of ?? 0);
  });
});
