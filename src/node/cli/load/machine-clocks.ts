import { readFileSync } from "node:fs";

/** How long this machine, or the container, was kept from running; null where the system does not tell. Counted since some start. */
export interface MachineClocks {
  /** Of all its CPUs, in ticks: what the hypervisor gave to others, and the whole. */
  readonly stolen: Share | null;
  /** Periods of the scheduler in which a quota held the container back, and all. */
  readonly throttled: Share | null;
}

export interface Share {
  readonly part: number;
  readonly of: number;
}

/** Reads a file of the system; null where it is not there. */
type Read = (path: string) => string | null;

const readSystem: Read = (path) => {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
};

export const readMachineClocks = (read: Read = readSystem): MachineClocks => ({
  stolen: stolenIn(read("/proc/stat") ?? ""),
  throttled: throttledIn(read),
});

/**
 * The line `cpu` of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; guests' time after it is in user's.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_stat.5.html
 */
function stolenIn(stat: string): MachineClocks["stolen"] {
  const [, fields] = /^cpu +(\d+(?: \d+){7,})/m.exec(stat) ?? [];
  if (fields === undefined) return null;
  const ticks = fields.split(" ").slice(0, 8).map(Number);
  return { part: ticks[7] ?? 0, of: ticks.reduce((sum, one) => sum + one, 0) };
}

/** The first group with a quota, of those that may be ours: version 2, or the controller `cpu` of version 1. */
function throttledIn(read: Read): MachineClocks["throttled"] {
  for (const path of statPaths(read("/proc/self/cgroup") ?? "")) {
    const stat = read(path) ?? "";
    const part = Number(/^nr_throttled (\d+)$/m.exec(stat)?.[1]);
    const of = Number(/^nr_periods (\d+)$/m.exec(stat)?.[1]);
    if (Number.isFinite(part) && of > 0) return { part, of };
  }
  return null;
}

const root = "/sys/fs/cgroup";

/** Within a container the path that /proc tells may be the host's, while its own group is mounted at the root. */
function statPaths(groups: string): readonly string[] {
  return groups.split("\n").flatMap((line) => {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    const own = path === "/" ? "" : path;
    if (controllers === "" && path !== "") return [`${root}${own}/cpu.stat`, `${root}/cpu.stat`];
    if (!controllers.split(",").includes("cpu")) return [];
    return [`${root}/${controllers}${own}/cpu.stat`, `${root}/cpu${own}/cpu.stat`, `${root}/cpu/cpu.stat`];
  });
}
