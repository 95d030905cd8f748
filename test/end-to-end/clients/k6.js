// Asks with the options of the snippet, or k6's own; with POST, which its transport does not send again by itself.
import { sleep } from "k6";
import http from "k6/http";
import { Counter } from "k6/metrics";
import { connections } from "./snippet.js";

const lost = new Counter("lost");
const advised = __ENV.ADVISED === "yes" ? connections : {};
export const options = { ...advised, vus: 1, iterations: 3 };

export default function () {
  for (let again = 0; again < 2; again++) {
    const { error_code } = http.post(`${__ENV.ORIGIN}/`, "{}", { timeout: "5s" });
    // From 1400 on: answers that are errors.
    if (error_code !== 0 && error_code < 1400) lost.add(1, { error_code });
  }
  sleep(Number(__ENV.SILENCE_MS) / 1000);
}

export function handleSummary({ metrics }) {
  const count = metrics.lost === undefined ? 0 : metrics.lost.values.count;
  return { stdout: JSON.stringify(Array(count).fill("no answer")) };
}
