import { refusalCheck } from "./judge/refused.ts";

export const endedSessionIsRefused = refusalCheck({
  id: "ended-session-is-refused",
  title: "A session that has ended is refused",
  why: "Credentials leak; what limits the damage is that they end.",
  signing: "ended-session",
  wrong: "signed with a session that has ended",
  reasons: ["auth-token-expired", "auth-unknown-key"],
  notFor: (_, { endedSession }) => (endedSession ? null : "no credentials of an ended session are at hand"),
});
