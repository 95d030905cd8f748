/**
 * What a folder for things of the moment is called: by whom it is owned, so that a later start can tell whether its owner still
 * lives. A machine's name is in it because containers may share such folders and count their processes each from 1.
 */
export const scratchName = (what: string, host: string, pid: number): string =>
  `pathproof-${what}-${markOf(host)}-${pid}-`;

/** The process that owns a folder of that name; null where it is none of ours, or another machine's. */
export function scratchOwner(name: string, host: string): number | null {
  const [, mark, pid] = /^pathproof-[a-z0-9-]+?-([A-Za-z0-9_]+)-(\d+)-[A-Za-z0-9]{6}$/.exec(name) ?? [];
  return mark === markOf(host) ? Number(pid) : null;
}

const markOf = (host: string): string => host.replace(/[^A-Za-z0-9]/g, "_") || "_";
