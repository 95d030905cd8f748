import { authorizationHeader } from "./authorization-header.ts";
import type { HeaderFrame } from "./header-frame.ts";
import type { Seal } from "./sign.ts";

/** The headers that requests have in common, and what the last second made of them: texts that need not be put together again. */
export interface Form {
  readonly frame: HeaderFrame;
  seal: Seal | null;
  mould: Mould;
}

/** A form with its date. */
export interface Mould {
  /** What stands between a canonical request's line and the hash of its payload. */
  readonly headers: string;
  /** The `Authorization` header, up to the signature. */
  readonly authorization: string;
}

export const createForm = (frame: HeaderFrame): Form => ({
  frame,
  seal: null,
  mould: { headers: "", authorization: "" },
});

export function mouldOf(form: Form, now: Seal): Mould {
  if (form.seal === now) return form.mould;
  const { beforeDate, afterDate, signedHeaders } = form.frame;
  form.seal = now;
  form.mould = {
    headers: `\n${beforeDate}${now.date}${afterDate}\n`,
    authorization: authorizationHeader(now.credential, signedHeaders, ""),
  };
  return form.mould;
}
