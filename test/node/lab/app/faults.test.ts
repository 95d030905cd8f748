import { describe, expect, test } from "vitest";
import { diagnose } from "#core/causes/diagnose.ts";
import { echoRequest } from "#core/checks/ask/echo-request.ts";
import { parseConfig } from "#core/config/parse-config.ts";
import type { Exchange, SigningVariant } from "#core/observations/exchange.ts";
import type { RequestToSend } from "#core/observations/step.ts";
import { sign } from "#core/signing/sign.ts";
import type { Target } from "#core/targets/target.ts";
import { bytes } from "#core/units.ts";
import { hashing } from "#node/crypto/hashing.ts";
import type { Fault } from "#node/lab/fault.ts";
import { policyFaults } from "#node/lab/faults/policy.ts";
import { serviceFaults } from "#node/lab/faults/service.ts";
import { signingFaults } from "#node/lab/faults/signing.ts";
import { timeoutsEntry } from "#node/lab/lab-timeouts.ts";
import { labTargets } from "#node/lab/targets.ts";
import type { LabTarget, Surroundings } from "#node/lab/world.ts";
import { credentials, makeApp } from "../../../support/lab-app.ts";
import { makeExchange } from "../../../support/make.ts";

const port = 8443;
const timeScale = 0.01;

function targetOf(lab: LabTarget): Target {
  const parsed = parseConfig(
    {
      version: 1,
      region: "eu-west-1",
      targets: { [lab.id]: { ...lab.config(port), ...timeoutsEntry(lab, {}, timeScale) } },
    },
    { env: {}, directory: "/" },
  );
  const target = parsed.kind === "ok" ? parsed.config.targets[0] : undefined;
  if (target === undefined) throw new Error(`${lab.id}: ${JSON.stringify(parsed)}`);
  return target;
}

/** A request as the probe would send it, and what comes of it when it goes straight into the application. */
async function send(
  lab: LabTarget,
  target: Target,
  over: Partial<Surroundings>,
  sent: RequestToSend,
  signing: SigningVariant,
) {
  const host = target.hostHeader;
  const signed =
    target.signing === null || signing === "unsigned"
      ? null
      : sign(hashing, { ...sent, host }, credentials, target.signing, Date.now());
  const headers = Object.entries({ host, ...sent.headers, ...signed?.headers });
  const reply = await makeApp(
    lab.id,
    over,
  )({
    ...{ method: sent.method, path: sent.path, headers, body: Buffer.from(sent.body ?? "") },
    ...{ scheme: lab.scheme, serverName: null, remoteAddress: "127.0.0.1", localAddress: "127.0.0.1" },
    ...{ localPort: port, requestsBefore: 0 },
  });
  if (reply.kind !== "response") throw new Error(`expected a response, got ${reply.kind}`);
  return { host, headers, signed, reply };
}

async function exchange(...given: Parameters<typeof send>): Promise<Exchange> {
  const [, target, , sent, signing] = given;
  const { host, headers, signed, reply } = await send(...given);
  const body = String(reply.body);
  return makeExchange({
    target: target.id,
    sent: {
      ...{ until: "answered", signing, method: sent.method, path: sent.path, host },
      bodyBytes: bytes((sent.body ?? "").length),
      headerBytes: bytes(headers.join("\r\n").length),
      canonicalRequest: signed?.canonicalRequest ?? null,
    },
    outcome: {
      ...{ kind: "answered", status: reply.status, statusText: reply.statusText, bodySha256: "", keptAlive: true },
      headers: reply.headers.map(([name, value]) => [name.toLowerCase(), value]),
      ...{ body, bodyBytes: bytes(body.length) },
    },
  });
}

/** What shows a fault: the main request, or one that is large where size matters, or unsigned where anyone is let in. */
function showing(fault: Fault, target: Target): readonly [RequestToSend, SigningVariant] {
  const [main] = target.requests;
  const usual = target.auth === "iam" ? "correct" : "unsigned";
  if (fault.name === "open-to-anyone") return [main, "unsigned"];
  if (fault.name === "small-payload-limit") return [echoRequest(target, { digest: "1" }, "x".repeat(65_536)), usual];
  if (fault.name !== "small-header-limit") return [main, usual];
  return [{ ...main, headers: { ...main.headers, "x-filler": "f".repeat(4096) } }, usual];
}

const victims = ({ kinds, auth }: Fault): readonly LabTarget[] =>
  labTargets.filter((target) => kinds.includes(target.kind) && (auth === null || auth === target.auth));

/** Shown by another principal than the lab's own client, or by the files beside the config: test/end-to-end walks them. */
const ofOthers = ["reader-locked-out", "stranger-let-in", "policy-file-outdated"];
const shownHere = [...signingFaults, ...policyFaults, ...serviceFaults].filter(({ name }) => !ofOthers.includes(name));

const cases = shownHere.flatMap((fault) => victims(fault).map((lab) => [fault.name, lab.id, fault, lab] as const));

describe("a fault", () => {
  test.each(cases)("%s shows on %s as its cause", async (_name, _id, fault, lab) => {
    const target = targetOf(lab);
    const found = diagnose(
      [await exchange(lab, target, { effects: fault.effects, timeScale }, ...showing(fault, target))],
      target,
    );
    expect(
      found.map(({ code }) => code)[0],
      JSON.stringify(found.map(({ code, confidence }) => [code, confidence])),
    ).toBe(fault.cause);
  });

  test("needs a target of each of its kinds", () => {
    for (const fault of [...signingFaults, ...policyFaults, ...serviceFaults])
      expect([fault.name, [...new Set(victims(fault).map(({ kind }) => kind))].sort()]).toEqual([
        fault.name,
        [...fault.kinds].sort(),
      ]);
  });

  test.each(cases)("%s on %s is over soon, whatever the time scale", async (_name, _id, fault, lab) => {
    const target = targetOf(lab);
    const slow = await send(lab, target, { effects: fault.effects, timeScale: 1 }, ...showing(fault, target));
    expect(slow.reply.afterMs).toBeLessThanOrEqual(1000);
  });
});

describe("the healthy lab", () => {
  test.each(labTargets.map((lab) => [lab.id, lab] as const))("%s shows no cause at all", async (_id, lab) => {
    const target = targetOf(lab);
    const exchanges: Exchange[] = [];
    for (const request of [...target.requests, ...target.alsoAllowed])
      exchanges.push(await exchange(lab, target, {}, request, target.auth === "iam" ? "correct" : "unsigned"));
    expect(diagnose(exchanges, target).map(({ code, evidence }) => [code, evidence])).toEqual([]);
  });

  test("refuses unsigned requests wherever auth is on", async () => {
    for (const lab of labTargets.filter(({ auth }) => auth === "iam")) {
      const target = targetOf(lab);
      const { outcome } = await exchange(lab, target, {}, target.requests[0], "unsigned");
      expect([lab.id, outcome]).toEqual([lab.id, expect.objectContaining({ status: 403 })]);
    }
  });
});
