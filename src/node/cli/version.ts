declare const __PATHPROOF_VERSION__: string;

/** Of package.json, put in by the build; `0.0.0-source` when run from source in tests. */
export const version: string = typeof __PATHPROOF_VERSION__ === "string" ? __PATHPROOF_VERSION__ : "0.0.0-source";
