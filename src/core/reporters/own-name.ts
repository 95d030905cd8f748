import type { ReportedTarget } from "./run-report.ts";

/** What was found at a target in the words of any other: where it says the target's own host name, `its name`. */
export function withoutOwnName(text: string, { origin }: Pick<ReportedTarget, "origin">): string {
  const host = /^https?:\/\/(\[[^\]]+\]|[^:/]+)/.exec(origin)?.[1];
  return host === undefined ? text : text.replaceAll(host, "its name");
}
