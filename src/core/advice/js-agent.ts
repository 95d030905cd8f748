import type { ClientSettings } from "./settings.ts";

/** An http(s) agent of Node's with these settings, which two clients are given alike. */
export const jsAgent = ({ idleDropMs, tcpKeepAliveMs, ageMaxMs, ageJitter, pool }: ClientSettings): string => {
  const name = ageMaxMs === null ? "Agent" : "AgeingAgent";
  return `${ageMaxMs === null ? "" : ageing(ageMaxMs, ageJitter)}export const agent = new ${name}({
  keepAlive: true,
  timeout: ${idleDropMs}, // milliseconds of silence after which idle connections are dropped
  keepAliveMsecs: ${tcpKeepAliveMs}, // TCP keep-alive
  maxSockets: ${pool},
  maxFreeSockets: ${pool},
  scheduling: "lifo", // the youngest first, so that those not needed may go
});`;
};

const ageing = (
  ageMs: number,
  jitter: number,
): string => `/** Drops connections by age too, each a little sooner by chance. */
class AgeingAgent extends Agent {
  keepSocketAlive(socket) {
    socket.dropAt ??= Date.now() + ${ageMs} * (1 - ${jitter} * Math.random());
    return Date.now() < socket.dropAt && super.keepSocketAlive(socket);
  }
}

`;
