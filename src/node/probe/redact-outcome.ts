import type { Outcome } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import { redact } from "#core/observations/redact.ts";

/** Takes the secrets of a request out of everything a peer or a library may have said of it; bodies are clean already. */
export function redactOutcome(outcome: Outcome, secrets: readonly string[]): Outcome {
  switch (outcome.kind) {
    case "answered":
      return {
        ...outcome,
        statusText: redact(secrets, outcome.statusText),
        headers: outcome.headers.map(([name, value]) => [redact(secrets, name), redactValue(secrets, name, value)]),
      };
    case "failed":
      return { kind: "failed", failure: redactFailure(outcome.failure, secrets) };
    default:
      return outcome;
  }
}

/** Whole, so that a token is also known by the name of the header it came back in. */
function redactValue(secrets: readonly string[], name: string, value: string): string {
  const start = `${name}: `;
  const whole = redact(secrets, start + value);
  return whole.startsWith(start) ? whole.slice(start.length) : redact(secrets, value);
}

function redactFailure(failure: Failure, secrets: readonly string[]): Failure {
  switch (failure.kind) {
    case "malformed":
    case "credentials-missing":
      return { ...failure, detail: redact(secrets, failure.detail) };
    case "other":
      return { ...failure, message: redact(secrets, failure.message) };
    default:
      return failure;
  }
}
