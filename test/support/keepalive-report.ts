import { findIdle } from "#core/keepalive/find-idle.ts";
import { assembleKeepaliveReport } from "#core/reporters/assemble-keepalive.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { ms } from "#core/units.ts";
import { pass } from "#core/verdicts/verdict.ts";
import { kept } from "./kept.ts";
import { makeTarget } from "./make.ts";
import { hostile, makeReport } from "./report.ts";

/** A Lattice service that keeps to its published timers, and an endpoint that forgets flows. */
export function keepaliveReport(): RunReport {
  const lattice = makeTarget("lattice", { id: "orders-lattice" });
  const direct = makeTarget("lambda-endpoint", { id: "orders-direct" });
  const check = "idle-connections-live-as-expected";
  const title = "Idle connections live as long as expected";
  const result = (target: string, summary: string) => ({
    target,
    check,
    group: "keepalive",
    title,
    verdict: pass(summary, { idleMsShortestClosed: 60_002, closeKind: "fin" }),
    elapsedMs: 12,
  });
  return assembleKeepaliveReport({
    results: [
      result("orders-lattice", "closed (FIN) after 60 s of silence: the published 60 s"),
      result(
        "orders-direct",
        "forgotten without a word within 364 s of silence, 336 s were survived: the published 350 s",
      ),
    ],
    targets: [lattice, direct],
    vantage: makeReport().vantage,
    startedAt: "2026-11-25T10:00:00.000Z",
    elapsedMs: 412_000,
    interrupted: false,
    findings: {
      "orders-lattice": {
        idle: findIdle([
          ...kept({ idleMs: 40_000, how: "survived" }),
          ...kept({ idleMs: 60_002, how: "fin" }),
          ...kept({ idleMs: 60_003, how: "fin", address: "10.0.2.10" }),
        ]),
        age: [
          {
            address: "10.0.1.10",
            livedMs: ms(599_000),
            endedMs: ms(600_010),
            uncertainMs: ms(0),
            end: "fin",
            requests: 120,
            byAge: true,
          },
        ],
        requests: [
          { address: "10.0.1.10", answered: 120, end: "none", endedMs: null, hints: { timeoutMs: null, max: null } },
        ],
      },
      "orders-direct": {
        idle: findIdle([
          ...kept({ idleMs: 336_000, how: "survived" }),
          ...kept({ idleMs: 364_000, how: "silent" }),
          ...kept({ idleMs: 402_500, how: "survived", tcpKeepAlive: true }),
        ]),
        age: [],
        requests: [],
      },
    },
  });
}

/** Hostile text wherever a peer, a config or a name could put it: in bodies, in headers that hint, in addresses. */
export function hostileKeepaliveReport(): RunReport {
  const report = keepaliveReport();
  const spoilt = { title: hostile, summary: hostile, target: hostile, measures: { closeKind: hostile } };
  return {
    ...report,
    targets: report.targets.map((target) => ({ ...target, id: hostile, origin: `http://${hostile}` })),
    checks: report.checks.map((check) => ({ ...check, ...spoilt })),
    keepalive: (report.keepalive ?? []).map(({ advice, ...one }) => ({
      target: hostile,
      idle: one.idle.map((idle) => ({ ...idle, address: hostile })),
      age: one.age.map((age) => ({ ...age, address: hostile })),
      requests: one.requests.map((row) => ({ ...row, address: hostile })),
      advice: advice && {
        ...advice,
        ...{ summary: hostile, reasons: [hostile], retry: [hostile] },
        snippets: advice.snippets.map((snippet) => ({ ...snippet, title: hostile, code: hostile, notes: [hostile] })),
      },
    })),
  };
}
