import type { LaneSeen } from "#core/plan/lane-seen.ts";
import type { GeneratorVerdict } from "#core/statistics/saturation.ts";
import type { Target } from "#core/targets/target.ts";

/** Paths are compared by what they carry: where one is asked more kinds of requests than another, so is that. */
export function workWarnings(targets: readonly Target[]): readonly string[] {
  const counts = targets.map(({ requests }) => requests.length);
  if (new Set(counts).size < 2) return [];
  const words = targets.map(({ id, requests: { length } }) => `${id} ${length}`).join(", ");
  return [
    `Not the same work: targets take turns among so many requests each: ${words}. What those differ in is in the differences too; give each target the one request that all of them answer alike.`,
  ];
}

/** What is meant to be refused is refused before it comes to whatever it is for. */
export function refusalWarnings(targets: readonly Target[]): readonly string[] {
  const refusing = targets.filter(({ requests }) => requests.some(({ expect }) => expect.denied !== undefined));
  if (refusing.length === 0) return [];
  const [names, all] = [refusing.map(({ id }) => id).join(", "), refusing.length === targets.length];
  return [
    `Requests to ${names} are meant to be refused: what is compared there is how long a refusal takes${all ? "" : ", which is not the work that the others did"}.`,
  ];
}

/** How the generator fared, as a whole and at each target. */
export const generatorWarnings = (seen: readonly LaneSeen[], whole: GeneratorVerdict): readonly string[] => [
  ...whole.sentences,
  ...seen.flatMap(({ lane, generator }) => generator.sentences.map((sentence) => `${lane.id}: ${sentence}`)),
];

/** One in a hundred: beyond it the peer, and not chance, ends connections. */
const openedShareMax = 0.01;

export function openedWarnings(seen: readonly LaneSeen[]): readonly string[] {
  return seen.flatMap(({ lane, counts: { requests, opened } }) =>
    lane.use === "reused" && opened > openedShareMax * requests
      ? [
          `${opened} of ${requests} requests to ${lane.target} opened a connection where they were to find one: they are left out of its latencies, for cold and reused are not mixed. Either the peer ended connections, or more were busy at once than a block begins with.`,
        ]
      : [],
  );
}
