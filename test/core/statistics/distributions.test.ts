import { describe, expect, test } from "vitest";
import { incompleteBeta } from "#core/statistics/incomplete-beta.ts";
import { normalQuantile } from "#core/statistics/normal-quantile.ts";
import { studentQuantile, studentTail } from "#core/statistics/student-t.ts";

// The literals are SciPy 1.17.1's: stats.norm.ppf, stats.t.ppf, stats.t.sf, special.betainc.
const closeTo = (got: number, exact: number, share: number) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThanOrEqual(Math.abs(exact) * share + 1e-15);

describe("distributions", () => {
  test.each([
    [1e-300, -37.0470962993612],
    [1e-12, -7.034483825301131],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.07, -1.4757910281791706],
    [0.2, -0.8416212335729142],
    [0.5, 0],
    [0.8, 0.8416212335729143],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.9999, 3.719016485455709],
    [0.999999, 4.753424308817087],
  ])("the normal quantile of %d", (p, exact) => closeTo(normalQuantile(p), exact, 1e-13));

  test.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.9, 3, 1.637744353696209],
    [0.975, 4, 2.7764451051977934],
    [0.95, 7, 1.8945786050900062],
    [0.975, 9, 2.262157162798205],
    [0.99, 11, 2.7180791838138623],
    [0.995, 19, 2.8609346064649794],
    [0.975, 29, 2.045229642132703],
    [0.9985, 29, 3.2394100715411724],
    [0.8, 59, 0.8477559493813871],
    [0.975, 59, 2.000995378088267],
    [0.999, 119, 3.1601331009819793],
    [0.95, 1000, 1.6463788172854643],
    [0.0001, 5, -9.677566300882592],
    [0.5, 8, 0],
  ])("the quantile %d of Student's t with %d degrees of freedom", (p, degrees, exact) =>
    closeTo(studentQuantile(p, degrees), exact, 1e-11),
  );

  test.each([
    [0, 5, 0.5],
    [1, 1, 0.25],
    [2.5, 3, 0.04385332350403278],
    [4, 29, 0.00020003197282624587],
    [12, 29, 4.5303541665685913e-13],
    [-1.7, 10, 0.9400153270454898],
    [60, 59, 6.886531342679953e-55],
    [0.001, 7, 0.4996150086224994],
  ])("the probability beyond %d of Student's t with %d degrees of freedom", (t, degrees, exact) =>
    closeTo(studentTail(t, degrees), exact, 1e-11),
  );

  test.each([
    [0.3, 2, 3, 0.3483],
    [0.5, 0.5, 0.5, 0.5],
    [0.9, 14.5, 0.5, 0.08307466551442916],
    [0.01, 1, 990, 0.9999522643707747],
    [0.99, 990, 11, 0.5830408033010972],
    [0.5, 5000, 5000, 0.5],
    [0.501, 5000, 5000, 0.5792578324565805],
    [0.989, 99_000, 1001, 0.0011125530357763097],
    [0.2, 0.5, 30, 0.9997316878523693],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])("the incomplete beta function of %d with %d and %d", (x, a, b, exact) =>
    closeTo(incompleteBeta(x, a, b), exact, 1e-9),
  );

  test("what is no probability is refused", () => {
    for (const p of [0, 1, -1, Number.NaN]) {
      expect(() => normalQuantile(p)).toThrow(RangeError);
      expect(() => studentQuantile(p, 5)).toThrow(RangeError);
    }
  });
});
