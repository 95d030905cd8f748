import { describe, expect } from "vitest";
import { perSecond } from "#core/units.ts";
import { loadPlan, plannedTarget } from "../support/k6.ts";
import { listenReplying } from "../support/listen.ts";
import { createK6Test, runScenario } from "./run-scenario.ts";

const k6Test = createK6Test();

const empty = "content-length: 0\r\n\r\n";
/** What k6, or Go beneath it, has no ordinary end for. */
const replies: Readonly<Record<string, readonly [reply: string, code: string]>> = {
  "switch-of-protocols": ["HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n", "protocol-error"],
  "bare-switch-of-protocols": ["HTTP/1.1 101 Switching\r\n\r\n", "protocol-error"],
  "location-that-is-no-url": [`HTTP/1.1 302 Found\r\nlocation: http://[::1\r\n${empty}`, "protocol-error"],
  "location-elsewhere": [`HTTP/1.1 302 Found\r\nlocation: gopher://x:99999/\r\n${empty}`, "unexpected-status"],
  "header-of-11-MB": [`HTTP/1.1 200 OK\r\nx-a: ${"a".repeat(11 * 1024 * 1024)}\r\n${empty}`, "headers-too-large"],
  "status-of-nothing": [`HTTP/1.1 000 Nothing\r\n${empty}`, "protocol-error"],
  "another-protocol": ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "protocol-error"],
};

describe("a request in k6 whose answer is", () => {
  k6Test("none that k6 can take is counted all the same, as often as it was sent, each by its cause", async (k6) => {
    const asked = new Map<string, number>();
    const { port } = await listenReplying((request) => {
      const id = /^GET \/(\S+)/.exec(request)?.[1] ?? "";
      asked.set(id, (asked.get(id) ?? 0) + 1);
      return replies[id]?.[0] ?? null;
    });
    const targets = Object.keys(replies).map((id) => {
      const plain = plannedTarget(id, port);
      return { ...plain, requests: plain.requests.map((request) => ({ ...request, path: `/${id}` })) };
    });
    const plan = loadPlan(targets, { arrival: { kind: "open", rate: perSecond(4) } });
    const { samples, facts } = await runScenario(k6, "steady", plan);
    const counted = targets.map(({ id }) => {
      const own = samples.filter(({ target }) => target === id);
      return { id, count: own.length, codes: [...new Set(own.map(({ failure }) => failure))] };
    });
    const sent = Object.entries(replies).map(([id, [, code]]) => ({ id, count: asked.get(id), codes: [code] }));
    expect(counted).toEqual(sent);
    expect(facts.iterations).toBe(samples.length);
    // It was the peer, and no mistake of the scenario's.
    expect({ thrown: facts.thrown, due: samples.every(({ sentAtMs }) => sentAtMs < 4000) }).toEqual({
      thrown: 0,
      due: true,
    });
  });

  k6Test("never asked for, since k6 takes its path for no URL, shows as a mistake of the scenario", async (k6) => {
    const { port, accepted } = await listenReplying(() => null);
    const plain = plannedTarget("only", port);
    const target = { ...plain, requests: plain.requests.map((request) => ({ ...request, path: "/%zz" })) };
    const { samples, facts } = await runScenario(k6, "steady", loadPlan([target]));
    expect([samples.length, accepted.length, facts.thrown]).toEqual([0, 0, facts.iterations]);
    expect(facts.firstException).toContain("k6 cannot send to /%zz");
  });
});
