import type { LoadPlan } from "#core/plan/load-plan.ts";
import { httpVersionVariables } from "./http-version.ts";

/** What k6 gets to see of our environment: it must find its folders, and nothing that holds or moves a secret. */
export function k6Environment(
  own: Readonly<Record<string, string | undefined>>,
  {
    folder,
    caFile,
    outputs,
    plan,
  }: {
    readonly folder: string;
    readonly caFile: string | null;
    readonly outputs: readonly string[];
    readonly plan: LoadPlan;
  },
): Record<string, string> {
  const kept = Object.entries(own).filter(
    ([name]) => passed.has(name) || (outputs.length > 0 && outputPrefixes.some((prefix) => name.startsWith(prefix))),
  );
  return {
    ...Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    // Not the user's: a k6 config of theirs would silently change the load.
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    K6_CSV_TIME_FORMAT: "unix_micro",
    K6_CSV_SAVE_INTERVAL: "250ms",
    K6_AUTO_EXTENSION_RESOLUTION: "false",
    K6_NO_USAGE_REPORT: "true",
    ...httpVersionVariables(plan),
    ...(caFile === null ? {} : { SSL_CERT_FILE: caFile }),
  };
}

// No HTTP_PROXY: k6 would obey it and measure the proxy.
const passed: ReadonlySet<string> = new Set([
  "PATH",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "GOMAXPROCS",
  "GOMEMLIMIT",
  "GOGC",
  "SSL_CERT_DIR",
]);

const outputPrefixes: readonly string[] = ["K6_PROMETHEUS_RW_", "K6_OTEL_", "K6_WEB_DASHBOARD", "K6_INFLUXDB_"];
