import { randomBytes, randomInt } from "node:crypto";
import type { LabCredentials } from "./world.ts";

const keyLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Temporary credentials of the usual form, new for every lab; `LAB` in the key id says where they come from. */
export const makeCredentials = (): LabCredentials => ({
  accessKeyId: `ASIALAB${Array.from({ length: 13 }, () => keyLetters[randomInt(keyLetters.length)]).join("")}`,
  secretAccessKey: randomBytes(30).toString("base64"),
  sessionToken: randomBytes(192).toString("base64"),
});
