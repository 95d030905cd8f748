/**
 * What k6's exit code says, in a sentence; null for 0.
 *
 * @see https://github.com/grafana/k6/blob/v2.2.0/errext/exitcodes/codes.go
 */
export function exitSentence(code: number | null, signal: string | null): string | null {
  if (code === 0) return null;
  if (code === null) return killedSentence(signal ?? "a signal");
  return `k6 ended with exit code ${code}: ${meanings[code] ?? "an error of its own"}.`;
}

export const killedSentence = (signal: string): string =>
  `k6 was killed by ${signal} from outside (for want of memory, perhaps).`;

const meanings: Readonly<Record<number, string>> = {
  97: "its cloud run failed",
  98: "its cloud run could not be followed",
  99: "a threshold in the script was crossed",
  100: "setup() of the script did not end in time",
  101: "teardown() of the script did not end in time",
  102: "something of its own did not end in time",
  103: "it was stopped through its REST interface",
  104: "the script's options are not valid",
  105: "it was interrupted by a signal that pathproof did not send",
  106: "the port of its REST interface is taken",
  107: "the script threw an exception while it was being read or in setup()",
  108: "the script asked for the end of the test (exec.test.abort)",
  109: "k6 itself crashed",
  110: "the script called the test failed (exec.test.fail)",
};
