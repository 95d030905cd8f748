import type { Trust } from "#core/facts.ts";

/** How far a statement may be trusted, for people. */
export const trustInWords = {
  doc: "official documentation says so",
  code: "seen in recorded responses or public code, not in documentation",
  ran: "measured by this project",
  recalled: "general knowledge that nobody here has confirmed, so never more than likely",
} as const satisfies Record<Trust, string>;
