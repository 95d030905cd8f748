import type { Config } from "#core/config/config.ts";
import { parseDuration } from "#core/config/quantity.ts";
import type { RequestToSend } from "#core/observations/step.ts";
import type { CurlWay } from "#core/signing/curl.ts";
import { presignSecondsMax } from "#core/signing/presign.ts";
import { anonymousPrincipal } from "#core/targets/access.ts";
import type { SigningScope, Target } from "#core/targets/target.ts";
import { authority, parseUrl, showOrigin } from "#core/targets/url.ts";
import { type CredentialStore, createCredentialStore } from "#node/credentials/store.ts";
import { type Call, CliError, listOption, textOption } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { loadConfig, selectTargets } from "./load-config.ts";
import { credentialsOf } from "./principal-words.ts";
import { scopeOfUrl } from "./scope-of-url.ts";
import { storeMeans } from "./store-means.ts";

/** What `pathproof sign` was asked to sign. */
export interface ToSign {
  readonly request: RequestToSend;
  /** `https://host:port`, where it would be sent. */
  readonly origin: string;
  /** As sent in `Host`, which may be another name than the URL's. */
  readonly host: string;
  readonly hostOfUrl: string;
  readonly scope: SigningScope;
  readonly credentials: CredentialStore;
  readonly atMs: number;
  /** Seconds that a signature in the query is good for; null: it goes into a header. */
  readonly expiresS: number | null;
  /** What a reader should know of what is shown, in a sentence; null: nothing. */
  readonly doubt: string | null;
  /** Asked for only where a command is shown. */
  way(): Promise<CurlWay>;
}

const usage = (message: string): CliError => new CliError(exitCodes.usage, message);

/** The request that the words of a `sign` call describe: a target's, or one said in options alone. */
export async function readSignWords(call: Call): Promise<ToSign> {
  const word = call.words[0];
  const url = textOption(call, "url");
  if (word !== undefined && url !== null) throw usage("sign: name a target or give --url, not both");
  return word === undefined ? fromUrl(call, url) : fromTarget(call, word);
}

async function fromTarget(call: Call, word: string): Promise<ToSign> {
  const config = await loadConfig(call);
  const [target] = selectTargets(config.targets, [word]);
  const beside = ["service", "region"].find((name) => textOption(call, name) !== null);
  if (beside !== undefined)
    throw usage(`sign: --${beside} goes with --url; what ${word} is signed for, the config says`);
  if (target?.signing == null) throw usage(`sign: ${word} has "auth: none": there is nothing to sign for`);
  const [main] = target.requests;
  const { path } = main;
  const { host = target.hostHeader, ...headers } = { ...main.headers, ...readHeaders(call) };
  return {
    request: {
      method: textOption(call, "method") ?? main.method,
      path,
      headers,
      body: textOption(call, "body") ?? main.body,
    },
    origin: showOrigin(target.origin),
    host,
    hostOfUrl: authority(target.origin, target.origin.host),
    scope: call.options["unsignedPayload"] === true ? { ...target.signing, payload: "unsigned" } : target.signing,
    credentials: await signer(config, call),
    atMs: readTime(call),
    expiresS: readExpiry(call),
    doubt: doubtOf(call, target),
    way: async () => (await import("./sign-way.ts")).wayTo(call, config, target),
  };
}

/** Of the principal that is named, or the config's own. */
async function signer(config: Config, call: Call): Promise<CredentialStore> {
  const principal = textOption(call, "principal");
  const source = principal === null ? config.credentials : credentialsOf(config, principal);
  if (source === null) throw usage(`sign: ${anonymousPrincipal} does not sign: there is nothing to show`);
  return createCredentialStore(source, await storeMeans(call, config));
}

async function fromUrl(call: Call, url: string | null): Promise<ToSign> {
  if (url === null) throw usage("sign: name a target of the config, or give --url");
  const [place = "", query] = splitOnce(url, "?");
  const parsed = parseUrl(place);
  if (parsed === null)
    throw usage(`sign: --url: expected https://host/path, got "${place.replace(/\/\/[^/]*@/, "//…@")}"`);
  const { scope, doubt } = scopeOfUrl(call, parsed.origin.host);
  // Only the name of a principal needs a config.
  const named = textOption(call, "principal") !== null;
  const credentials = named
    ? await signer(await loadConfig(call), call)
    : createCredentialStore({ kind: "default-chain" });
  const hostOfUrl = authority(parsed.origin, parsed.origin.host);
  const { host = hostOfUrl, ...headers } = readHeaders(call);
  // The path as it was written: a trailing slash is part of what is signed.
  const slash = place.indexOf("/", place.indexOf("//") + 2);
  const path = slash < 0 ? "/" : place.slice(slash);
  const body = textOption(call, "body");
  return {
    request: {
      method: textOption(call, "method") ?? (body === null ? "GET" : "POST"),
      path: query === undefined ? path : `${path}?${query}`,
      headers,
      body,
    },
    origin: showOrigin(parsed.origin),
    host,
    hostOfUrl,
    scope,
    credentials,
    atMs: readTime(call),
    expiresS: readExpiry(call),
    doubt,
    way: async () => ({ caFile: null, resolve: null }),
  };
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function readHeaders(call: Call): Readonly<Record<string, string>> {
  const pairs = listOption(call, "header").map((text) => {
    const [name = "", value] = splitOnce(text, ":");
    if (value === undefined || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw usage(`sign: --header: expected "name: value", got "${name}"`);
    }
    return [name.toLowerCase(), value.trim()] as const;
  });
  return Object.fromEntries(pairs);
}

/** `20261123T101112Z`; now when it is not given. */
function readTime(call: Call): number {
  const text = textOption(call, "at");
  if (text === null) return Date.now();
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const atMs =
    parts === null
      ? Number.NaN
      : Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
  if (Number.isNaN(atMs)) throw usage(`sign: --at: expected a time such as 20261123T101112Z, got "${text}"`);
  return atMs;
}

/** Seconds; null where no signature in the query is asked for. */
function readExpiry(call: Call): number | null {
  const text = textOption(call, "expires");
  if (call.options["presign"] !== true) {
    if (text !== null) throw usage("sign: --expires is how long a presigned request is good for: it takes --presign");
    return null;
  }
  const seconds = (parseDuration(text ?? "60s") ?? 0) / 1000;
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= presignSecondsMax) return seconds;
  throw usage(`sign: --expires: expected whole seconds from 1s to 168h, such as 60s, got "${text}"`);
}

function doubtOf(call: Call, { id, kind }: Target): string | null {
  if (call.options["presign"] !== true || (kind.presigned !== null && kind.presigned.trust !== "recalled")) return null;
  return `whether a signature in the query is taken by this kind of way in (${kind.title}) is not confirmed; \`pathproof check ${id} --only spoilt-presigned-is-refused\` asks it`;
}
