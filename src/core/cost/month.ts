import type { Bytes, PerSecond } from "#core/units.ts";

/** What a path carries, as measured, taken to go on evenly. */
export interface CarriedLoad {
  readonly rate: PerSecond;
  /** Of one request, headers included; and of its response. */
  readonly requestBytes: Bytes;
  readonly responseBytes: Bytes;
  readonly newConnectionsPerSecond: PerSecond;
  readonly activeConnections: number;
}

/** The same for one hour, and for a month of them. */
export interface Carried {
  readonly requestsPerHour: number;
  readonly gbPerHour: number;
  readonly hours: number;
}

/** A twelfth of a year: what AWS's own calculators take. */
export const hoursPerMonth = 730;
const secondsPerHour = 3600;
/** AWS counts a GB as 2³⁰ bytes. */
const bytesPerGb = 1_073_741_824;

export const carried = ({ rate, requestBytes, responseBytes }: CarriedLoad): Carried => ({
  requestsPerHour: rate * secondsPerHour,
  gbPerHour: (rate * secondsPerHour * (requestBytes + responseBytes)) / bytesPerGb,
  hours: hoursPerMonth,
});
