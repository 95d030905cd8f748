/**
 * The logarithm of Γ(x), for x ≥ 0.5.
 *
 * @see Lanczos (1964), with Godfrey's coefficients for g = 7, n = 9
 */
export function logGamma(x: number): number {
  const z = x - 1;
  const base = z + 7.5;
  const sum = lanczos.reduce((total, coefficient, i) => total + coefficient / (z + i + 1), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(base) - base + Math.log(sum);
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];
