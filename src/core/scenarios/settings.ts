import { type Bytes, bytes, type Ms, ms } from "#core/units.ts";

/** What two of the scenarios let be said by the environment. Null: their own. */
export interface Settings {
  /** `PATHPROOF_IDLE_MS`: how long `idle-then-burst` rests. */
  readonly idleMs: Ms | null;
  /** `PATHPROOF_BYTES_MAX`: the largest body of `payload-sizes`. */
  readonly bytesMax: Bytes | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const settingNames = ["PATHPROOF_IDLE_MS", "PATHPROOF_BYTES_MAX"] as const;

/** @throws RangeError that names the variable, for what is no whole number above 0 */
export function readSettings(environment: Environment): Settings {
  const idle = amount("PATHPROOF_IDLE_MS", environment);
  const most = amount("PATHPROOF_BYTES_MAX", environment);
  return { idleMs: idle === null ? null : ms(idle), bytesMax: most === null ? null : bytes(most) };
}

function amount(name: (typeof settingNames)[number], environment: Environment): number | null {
  const said = environment[name];
  if (said === undefined || said === "") return null;
  if (!/^[1-9]\d{0,12}$/.test(said))
    throw new RangeError(`${name}: expected a whole number above 0, got ${JSON.stringify(said)}`);
  return Number(said);
}
