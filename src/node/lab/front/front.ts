import { createServer, type Socket } from "node:net";
import type { SecureContextOptions } from "node:tls";
import type { Certificate } from "../ca/authority.ts";
import type { Effects } from "../fault.ts";
import type { App } from "../wire.ts";
import type { LabTarget } from "../world.ts";
import { type Accept, createAccept, type Security } from "./accept.ts";
import { type Listener, listening, type Open } from "./listener.ts";
import type { Manners } from "./manners.ts";
import { onOnePort } from "./on-one-port.ts";
import { openRefused } from "./refused.ts";
import type { StaleReuse } from "./stale-reuse.ts";
import { openTarpit } from "./tarpit.ts";

export interface FrontPlan {
  readonly target: Pick<LabTarget, "scheme" | "addresses">;
  readonly manners: Manners;
  readonly effects: Effects;
  readonly staleReuse: StaleReuse | null;
  readonly certificate: Certificate;
  readonly app: App;
}

/** One listener per zone of a target, all on one port. */
export function openFront(plan: FrontPlan): Promise<Listener> {
  const { target, effects } = plan;
  const accept = createAccept(
    {
      scheme: target.scheme,
      manners: plan.manners,
      effect: effects.connection ?? null,
      staleReuse: plan.staleReuse,
      app: plan.app,
    },
    securityOf(plan),
    effects.tcp ?? null,
  );
  const serve: Open = (address, port) => openServing(address, port, accept);
  return onOnePort(target.addresses, (address, port) =>
    openAs(effects.tcp, target.addresses.indexOf(address), serve)(address, port),
  );
}

/** What a zone's port does with a SYN. The second zone is the broken one where only one is. */
function openAs(effect: Effects["tcp"], zone: number, serve: Open): Open {
  if (effect === "drop" || (effect === "one-zone-drops" && zone === 1)) return openTarpit;
  if (effect === "refuse" || (effect === "one-zone-refuses" && zone === 1)) return openRefused;
  return serve;
}

function securityOf({ target, effects, certificate }: FrontPlan): Security {
  const effect = effects.tls ?? null;
  if (target.scheme === "http" && effect !== "tls-on-plain-port") return null;
  return { context: contextOf(certificate, effect), effect };
}

function contextOf({ keyPem, certificatePem }: Certificate, effect: Effects["tls"] | null): SecureContextOptions {
  const shown = { key: keyPem, cert: certificatePem };
  if (effect !== "old-version") return { ...shown, minVersion: "TLSv1.2" };
  // OpenSSL 3 speaks TLS 1.0 only at security level 0.
  return { ...shown, minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" };
}

async function openServing(address: string, port: number, accept: Accept): Promise<Listener> {
  const open = new Set<Socket>();
  // Half-open, as Node's own HTTP server has it: a client may end its side before it has the answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (raw) => {
    open.add(raw);
    raw.on("close", () => open.delete(raw)).on("error", () => {});
    accept(raw);
  });
  const stop = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      for (const raw of open) raw.destroy();
    });
  return { port: await listening(server, { host: address, port }), stop };
}
