export { connectionsAgeAsExpected } from "./connections-age-as-expected.ts";
export { idleConnectionsLiveAsExpected } from "./idle-connections-live-as-expected.ts";
export { requestLimitIsAnnounced } from "./request-limit-is-announced.ts";
