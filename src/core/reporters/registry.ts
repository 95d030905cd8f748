export { adviceMd } from "./advice-md.ts";
export { html } from "./html.ts";
export { json } from "./json.ts";
export { junit } from "./junit.ts";
export { summaryMd } from "./summary-md.ts";
