import type { SigningScope } from "#core/targets/target.ts";
import { canonicalLine } from "./canonical-request.ts";
import type { Credentials } from "./credentials.ts";
import { createForm, type Form } from "./form.ts";
import type { Hashing } from "./hashing.ts";
import { hashVaries, headerFrame } from "./header-frame.ts";
import { type Outline, type Seal, seal, sealAt, signedPayloadHash } from "./sign.ts";
import type { Signable, Signed } from "./signable.ts";
import { createKeyCache } from "./signing-key.ts";
import { amzDate } from "./timestamp.ts";

export type Signer = (signable: Signable, atMs: number) => Signed;

/** One object a request, since inside k6 an object costs as much as a hash. */
interface Remembered extends Outline {
  readonly signable: Signable;
  /** The last signature of it, good while its second lasts. */
  date: string;
  signed: Signed | null;
}

const rememberedMax = 16;
/** Longer bodies are not held on to: hundreds of virtual users have a signer each. */
const rememberedBodyMax = 16_384;

/**
 * Signs many requests: the key is derived once a day, headers are put into canonical form once for each object of them, the
 * whole once for a request that repeats, and its signature once a second. A request repeats when method, host, path and body
 * are equal and `headers` is the same object, which must not change meanwhile.
 */
export function createSigner(hashing: Hashing, credentials: Credentials, scope: SigningScope): Signer {
  const { service } = scope;
  const { sessionToken } = credentials;
  const remembered = new Map<string, Remembered>();
  const sealNow = createSealCache(hashing, credentials, scope);
  const formAnew: FormOf = (signable, hash) => createForm(headerFrame(signable, scope, sessionToken, hash));
  const formFor = hashVaries(scope) ? formAnew : createFormCache(formAnew);

  const prepare = (signable: Signable): Remembered => {
    const payloadHash = signedPayloadHash(hashing, signable, scope);
    const form = formFor(signable, payloadHash);
    const line = canonicalLine(signable.method, signable.path, service);
    return { signable, line, form, payloadHash, date: "", signed: null };
  };

  const recall = (signable: Signable): Remembered => {
    const known = remembered.get(signable.path);
    if (known !== undefined && repeats(known.signable, signable)) return known;
    const fresh = prepare(signable);
    if (remembered.size >= rememberedMax) remembered.clear();
    if (mayRepeat(signable)) remembered.set(signable.path, fresh);
    return fresh;
  };

  return (signable, atMs) => {
    const second = sealNow(atMs);
    const request = recall(signable);
    if (request.signed !== null && request.date === second.date) return request.signed;
    const signed = seal(hashing, request, second);
    request.date = second.date;
    request.signed = signed;
    return signed;
  };
}

/** Bytes may be written over in place, so a request with them never counts as repeated. */
const mayRepeat = ({ body }: Signable): boolean =>
  body === null || (typeof body === "string" && body.length <= rememberedBodyMax);

const repeats = (a: Signable, b: Signable): boolean =>
  a.headers === b.headers && a.body === b.body && a.method === b.method && a.host === b.host && a.path === b.path;

/** To format a moment costs as much as to hash it, and within a second all that is made of it comes to the same. */
function createSealCache(hashing: Hashing, credentials: Credentials, scope: SigningScope): (atMs: number) => Seal {
  const keyOf = createKeyCache(hashing);
  let secondAt = Number.NaN;
  let kept: Seal | null = null;
  return (atMs) => {
    const second = Math.floor(atMs / 1000);
    if (kept === null || second !== secondAt) kept = sealAt(hashing, credentials, scope, amzDate(atMs), keyOf);
    secondAt = second;
    return kept;
  };
}

type FormOf = (signable: Signable, payloadHash: string) => Form;

function createFormCache(formOf: FormOf): FormOf {
  const forms = new Map<Signable["headers"], { readonly host: string; readonly form: Form }>();
  return (signable, payloadHash) => {
    const known = forms.get(signable.headers);
    if (known !== undefined && known.host === signable.host) return known.form;
    if (forms.size >= rememberedMax) forms.clear();
    const form = formOf(signable, payloadHash);
    forms.set(signable.headers, { host: signable.host, form });
    return form;
  };
}
