export { check } from "./check.ts";
export { completion } from "./completion.ts";
export { explain } from "./explain.ts";
export { init } from "./init.ts";
export { lab } from "./lab.ts";
export { report } from "./report.ts";
export { schema } from "./schema.ts";
export { sign } from "./sign.ts";
