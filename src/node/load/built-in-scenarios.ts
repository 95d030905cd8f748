declare const __PATHPROOF_SCENARIOS__: Readonly<Record<string, string>>;
declare const __PATHPROOF_K6_LIBRARY__: string;

/** The scenarios that come along, bundled, by name; null when run from source, where `scenarios/` is beside. */
export const builtInScenarios: Readonly<Record<string, string>> | null =
  typeof __PATHPROOF_SCENARIOS__ === "object" ? __PATHPROOF_SCENARIOS__ : null;

/** What users' scenarios import as `pathproof/k6`, bundled; null when run from source. */
export const builtInLibrary: string | null =
  typeof __PATHPROOF_K6_LIBRARY__ === "string" ? __PATHPROOF_K6_LIBRARY__ : null;
