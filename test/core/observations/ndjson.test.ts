import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "#core/observations/exchange.ts";
import { decodeExchanges, encodeExchange } from "#core/observations/ndjson.ts";
import { ms } from "#core/units.ts";
import { makeAnswer, makeExchange, makeFailed } from "../../support/make.ts";

const someExchange: fc.Arbitrary<Exchange> = fc
  .record({
    step: fc.string({ unit: "binary" }),
    body: fc.string({ unit: "binary" }),
    headers: fc.array(fc.tuple(fc.string(), fc.string({ unit: "binary" }))),
    waitMs: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => ms(Math.abs(value)))),
    addresses: fc.array(fc.ipV6()),
    detail: fc.option(fc.string({ unit: "grapheme" })),
  })
  .map(({ step, body, headers, waitMs, addresses, detail }) => {
    const phases = { ...makeExchange().phases, waitMs };
    return detail === null
      ? makeExchange({ step, addresses, phases, outcome: makeAnswer({ body, headers }) })
      : makeFailed({ kind: "malformed", detail }, { step, addresses, phases, connection: null });
  });

const line = (over: object): string => JSON.stringify({ ...makeExchange(), ...over });

describe("observations.ndjson", () => {
  test("gives back every exchange that was written, hostile text included", () => {
    fc.assert(
      fc.property(fc.array(someExchange), (exchanges) => {
        const decoded = decodeExchanges(exchanges.map(encodeExchange).join(""));
        expect(decoded).toEqual({ exchanges, problems: [], torn: false });
      }),
    );
  });

  test("takes one line per exchange, whatever the body holds", () => {
    const encoded = encodeExchange(makeExchange({ outcome: makeAnswer({ body: "a\nb\r\nc\u2028d\u0000" }) }));
    expect(encoded.trimEnd().split("\n")).toHaveLength(1);
  });

  test("is read without its last line when that was cut off anywhere", () => {
    const whole = encodeExchange(makeExchange());
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 2 }), (length) => {
        expect(decodeExchanges(whole + whole.slice(0, length))).toEqual({
          exchanges: [makeExchange()],
          problems: [],
          torn: true,
        });
      }),
    );
  });

  test("is read whole when only the last line end is missing", () => {
    expect(decodeExchanges(encodeExchange(makeExchange()).trimEnd()).exchanges).toHaveLength(1);
  });

  test("reading never throws, whatever the file holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.json()).map((lines) => lines.join("\n")),
        ),
        (text) => {
          expect(decodeExchanges(text).exchanges).toEqual([]);
        },
      ),
    );
  });

  test.each([
    ["{", "the line is not JSON"],
    ["7", "the line: expected an object, got 7"],
    [line({ target: 7 }), "target: expected a text, got 7"],
    [line({ addresses: "10.0.0.1" }), 'addresses: expected a list, got "10.0.0.1"'],
    [line({ addresses: ["10.0.0.1", null] }), "addresses[1]: expected a text, got null"],
    [line({ outcome: { kind: "won" } }), /^outcome\.kind: expected one of resolved, .*, got "won"$/],
    [line({ outcome: { kind: "toString" } }), /^outcome\.kind: expected one of/],
    [
      line({ outcome: { kind: "failed", failure: { kind: "reset", phase: "lunch" } } }),
      /^outcome\.failure\.phase: expected one of dns, .*, got "lunch"$/,
    ],
    [line({ outcome: makeAnswer({ status: -1 }) }), "outcome.status: expected a number that is not negative, got -1"],
    [
      line({ outcome: { ...makeAnswer({}), headers: [["a"]] } }),
      "outcome.headers[0]: expected a list of 2, got a list",
    ],
    [line({ connection: [] }), "connection: expected an object, got a list"],
    [line({ phases: undefined }), "phases: expected an object, got nothing"],
    [line({ sent: { ...makeExchange().sent, signing: "lazily" } }), /^sent\.signing: expected one of unsigned, /],
  ])("a bad line is named with what is wrong: %s", (text, problem) => {
    const good = encodeExchange(makeExchange());
    const { exchanges, problems } = decodeExchanges(`${good}${text}\n${good}`);
    expect(exchanges).toHaveLength(2);
    expect(problems).toEqual([
      { line: 2, problem: typeof problem === "string" ? problem : expect.stringMatching(problem) },
    ]);
  });
});
