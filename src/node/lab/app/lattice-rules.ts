import type { LabRequest } from "../wire.ts";
import { header, pathOf } from "./message.ts";

/** A rule of a listener; the one of the lowest priority that matches decides. @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html */
export interface Rule {
  readonly priority: number;
  /** Case-sensitive; null: any. */
  readonly method: string | null;
  readonly path: PathMatch | null;
  /** All must match. */
  readonly headers: readonly HeaderMatch[];
  readonly action: Action;
}

export interface PathMatch {
  readonly match: "exact" | "prefix";
  readonly value: string;
  readonly caseSensitive: boolean;
}

export interface HeaderMatch {
  /** Lower case. */
  readonly name: string;
  readonly match: "exact" | "prefix" | "contains";
  readonly value: string;
  readonly caseSensitive: boolean;
}

export type Action =
  | { readonly kind: "forward"; readonly groups: readonly WeightedGroup[] }
  /** Lattice knows no other fixed responses. */
  | { readonly kind: "fixed"; readonly status: 404 | 500 };

export interface WeightedGroup {
  readonly targetGroup: string;
  /** 0–999, in proportion to the other groups' weights. */
  readonly weight: number;
}

export interface Listener {
  readonly rules: readonly Rule[];
  readonly defaultAction: Action;
}

/** The action for a request. */
export function actionFor({ rules, defaultAction }: Listener, request: LabRequest): Action {
  const ordered = [...rules].sort((a, b) => a.priority - b.priority);
  return ordered.find((rule) => matches(rule, request))?.action ?? defaultAction;
}

function matches({ method, path, headers }: Rule, request: LabRequest): boolean {
  if (method !== null && method !== request.method) return false;
  if (path !== null && !compare(path.match, pathOf(request), path.value, path.caseSensitive)) return false;
  return headers.every(({ name, match, value, caseSensitive }) => {
    const found = header(request, name);
    return found !== null && compare(match, found, value, caseSensitive);
  });
}

function compare(match: HeaderMatch["match"], found: string, value: string, caseSensitive: boolean): boolean {
  const [text, wanted] = caseSensitive ? [found, value] : [found.toLowerCase(), value.toLowerCase()];
  switch (match) {
    case "exact":
      return text === wanted;
    case "prefix":
      return text.startsWith(wanted);
    case "contains":
      return text.includes(wanted);
  }
}

/**
 * The group that serves the `turn`-th request (from 0) of an action: in every run of as many turns as the weights add up to,
 * each group has its share. Null when all weights are 0.
 */
export function groupAt(groups: readonly WeightedGroup[], turn: number): string | null {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  let left = turn % total;
  for (const { targetGroup, weight } of groups) {
    if (left < weight) return targetGroup;
    left -= weight;
  }
  return null;
}
