import { resolve } from "node:path";
import { principalArn } from "#core/config/principal-arn.ts";
import { nearest, oneOf } from "#core/config/suggest.ts";
import { spellingOf } from "#core/policies/condition-keys.ts";
import {
  type AccessQuestion,
  type Explained,
  explainAccess,
  type GivenPolicy,
  layersFor,
} from "#core/policies/explain-access.ts";
import { parsePolicy } from "#core/policies/parse-policy.ts";
import { showExplained } from "#core/policies/show-explained.ts";
import { anonymousPrincipal } from "#core/targets/access.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import { handwritten, readText } from "#node/files/read-text.ts";
import { type Call, CliError, listOption, textOption } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { reason } from "./open-run.ts";

const usage = (message: string): CliError => new CliError(exitCodes.usage, `explain: ${message}`);

/** What policy files say of one request: 0 where it is allowed, 1 where it is not, 4 where that hangs on what is not known. */
export async function explainPolicies(call: Call): Promise<ExitCode> {
  const question = readQuestion(call);
  const words = listOption(call, "policy").map((word) => readWord(word, question.action));
  const given = await Promise.all(words.flatMap((word) => (word.file === null ? [] : [readGiven(call, word)])));
  const notInForce = words.flatMap(({ layer, file }) => (layer !== null && file === null ? [layer] : []));
  const explained = explainAccess(question, given, notInForce);
  call.terminal.out(`${call.global.json ? asJson(question, explained) : showExplained(explained)}\n`);
  return exitCodeOf(explained);
}

function readQuestion(call: Call): AccessQuestion {
  const needed = (name: string, example: string): string => {
    const value = textOption(call, name);
    if (value === null) throw usage(`--policy wants to know --${name} too, such as ${example}`);
    return value;
  };
  const principal = needed("principal", "arn:aws:iam::111122223333:role/reader, or anonymous");
  if (principal !== anonymousPrincipal && principalArn.read(principal, []).kind !== "ok")
    throw usage(`--principal: expected the ARN of a role, a session or a user, or anonymous, got "${principal}"`);
  const action = needed("action", "lambda:InvokeFunction");
  if (!/^[a-z0-9-]+:[A-Za-z0-9]+$/i.test(action))
    throw usage(`--action: expected service:Action such as lambda:InvokeFunction, got "${action}"`);
  const resource = needed("resource", "arn:aws:lambda:eu-west-1:111122223333:function:orders");
  if (!/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/.test(resource)) throw usage(`--resource: expected an ARN, got "${resource}"`);
  return { principal, action, resource, context: readContext(call) };
}

function readContext(call: Call): AccessQuestion["context"] {
  const context: Record<string, readonly string[]> = {};
  for (const word of listOption(call, "context")) {
    const at = word.indexOf("=");
    if (at < 1) throw usage(`--context: expected key=value such as aws:SourceVpce=vpce-0abc, got "${word}"`);
    const written = word.slice(0, at);
    const key = spellingOf(written);
    if (key === null) throw usage(`--context: there is no condition key "${written}"`);
    context[key] = [...(context[key] ?? []), word.slice(at + 1)];
  }
  return context;
}

/** As said on the command line, and in a target's `policies`. */
const layers: Readonly<Record<string, PolicyLayer>> = {
  identity: "identity",
  resource: "resource",
  endpoint: "endpoint",
  service: "lattice-service",
  network: "lattice-network",
};

interface Word {
  readonly layer: PolicyLayer | null;
  /** Null: `none`, no policy of that layer is in force. */
  readonly file: string | null;
}

function readWord(word: string, action: string): Word {
  const [, name, file] = /^([a-z-]+)=(.+)$/.exec(word) ?? [];
  if (name === undefined || file === undefined) return { layer: null, file: word };
  const layer = layers[name];
  if (layer === undefined) throw usage(`--policy: no layer "${name}"${meant(name)} ${oneOfLayers}`);
  const taking = layersFor(action);
  if (taking !== null && !taking.includes(layer))
    throw usage(`--policy: no ${name} policy takes part in ${action}: ${namesOf(taking)} do`);
  return { layer, file: file === "none" ? null : file };
}

async function readGiven(call: Call, { layer, file }: Word): Promise<GivenPolicy> {
  const path = file ?? "";
  const text = await readText(resolve(call.directory, path), handwritten).catch((error: unknown) => {
    throw usage(`cannot read ${path}: ${reason(error)}`);
  });
  const parsed = parsePolicy(text);
  if (parsed.kind === "ok") return { file: path, layer, policy: parsed.policy };
  const problems = parsed.problems.map((one) => `  ${one.path === "" ? "" : `${one.path}: `}expected ${one.expected}`);
  throw usage(`${path} is no policy that can be evaluated:\n${problems.join("\n")}`);
}

const oneOfLayers = `Expected FILE, or ${oneOf(Object.keys(layers).map((name) => `${name}=FILE`))}`;

function meant(name: string): string {
  const near = nearest(name, Object.keys(layers));
  return near === null ? ";" : `, did you mean "${near}"?`;
}

const namesOf = (taking: readonly PolicyLayer[]): string =>
  Object.keys(layers)
    .filter((name) => taking.includes(layers[name] ?? "identity"))
    .join(", ");

const codes = { allow: exitCodes.pass, refused: exitCodes.failed, unknown: exitCodes.inconclusive } as const;

function exitCodeOf({ policies, together }: Explained): ExitCode {
  if (together !== null) return codes[together.says];
  const says = policies.map((one) => one.says);
  if (says.some((one) => one === "deny" || one === "silent")) return exitCodes.failed;
  return says.includes("unknown") ? exitCodes.inconclusive : exitCodes.pass;
}

const asJson = (question: AccessQuestion, { policies, together }: Explained): string =>
  JSON.stringify(
    {
      ...question,
      policies: policies.map(({ statements, ...policy }) => ({
        ...policy,
        statements: statements.map(({ statement, match }) => ({
          statement: statement.ref.index + 1,
          sid: statement.ref.sid,
          effect: statement.effect,
          about: match.kind === "match" ? "yes" : match.kind === "miss" ? "no" : "maybe",
          why: match.kind === "miss" ? match.misses.map(({ element, sentence }) => ({ element, sentence })) : [],
          hangsOn: match.kind === "maybe" ? match.missing : [],
        })),
      })),
      together,
    },
    null,
    2,
  );
