/** Globals that k6 v1.8 does not have (v2.2 has TextEncoder and TextDecoder), and what to use there. */
export const missingGlobals: Readonly<Record<string, string>> = {
  AbortController: "give requests a timeout",
  AbortSignal: "give requests a timeout",
  Blob: "use strings or ArrayBuffer",
  Buffer: "use k6/encoding and Uint8Array",
  Event: "there are no events in k6",
  EventTarget: "there are no events in k6",
  FinalizationRegistry: "hold what you need",
  FormData: "give k6/http an object as body",
  Headers: "give k6/http headers as an object",
  Intl: "format by hand",
  Request: "use send(), or k6/http",
  Response: "use send(), or k6/http",
  TextDecoder: "use String.fromCharCode, or k6/encoding",
  TextEncoder: "use k6/encoding, or give k6/crypto a string",
  URL: "put URLs together from strings",
  URLSearchParams: "put queries together with encodeURIComponent",
  WeakRef: "hold what you need",
  XMLHttpRequest: "use send(), or k6/http",
  atob: "use b64decode of k6/encoding",
  btoa: "use b64encode of k6/encoding",
  document: "there is no page in k6",
  fetch: "use send(), or k6/http",
  navigator: "there is no browser in k6",
  performance: "use Date.now()",
  process: "use __ENV for variables, exec.test.abort() to end",
  queueMicrotask: "use Promise.resolve().then()",
  structuredClone: "use JSON.parse(JSON.stringify())",
  window: "there is no browser in k6",
};

/** What stands for a missing global in a trial bundle, where esbuild has put it for free references only. */
export const standIn = (name: string): string => `__pathproof_missing_${name}`;

export const missingName = (identifier: string): string | null =>
  identifier.startsWith(standIn("")) ? identifier.slice(standIn("").length) : null;
