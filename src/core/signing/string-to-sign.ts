import type { Hashing } from "./hashing.ts";

export const algorithm = "AWS4-HMAC-SHA256";
export const terminator = "aws4_request";

/** What a key is good for: one day, one region, one service. */
export const credentialScope = (day: string, region: string, service: string): string =>
  `${day}/${region}/${service}/${terminator}`;

/** Up to the hash of the canonical request. @param date as in `x-amz-date` */
export const openingOf = (date: string, scope: string): string => `${algorithm}\n${date}\n${scope}\n`;

/** @param date as in `x-amz-date` */
export const stringToSign = (hashing: Hashing, date: string, scope: string, canonicalRequest: string): string =>
  openingOf(date, scope) + hashing.sha256Hex(canonicalRequest);
