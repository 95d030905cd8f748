/** Chance that a seed repeats exactly; core has no other. */
export interface Random {
  /** A whole number of 32 bits. */
  bits(): number;
  /** In [0, 1), with 53 bits. */
  uniform(): number;
  /** A whole number in [0, n), each as likely as the others. @param n 1 to 2³² */
  below(n: number): number;
}

type State = readonly [number, number, number, number];

/** @param seed a whole number; of larger ones the lower 32 bits count */
export function createRandom(seed: number): Random {
  const next = splitmix32(seed);
  return xoshiro128([next(), next(), next(), next()]);
}

/**
 * xoshiro128** 1.1.
 *
 * @param state not all zero
 * @see https://prng.di.unimi.it/xoshiro128starstar.c
 */
export function xoshiro128([first, second, third, fourth]: State): Random {
  let [a, b, c, d] = [first, second, third, fourth];
  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  return {
    bits,
    uniform: () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53,
    below(n) {
      // What lies beyond the last whole multiple of n is drawn again: the remainder alone would favour the low numbers.
      const usable = 2 ** 32 - (2 ** 32 % n);
      let drawn = bits();
      while (drawn >= usable) drawn = bits();
      return drawn % n;
    },
  };
}

/** Fisher and Yates: every order is as likely as the others. */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(random.below(rest.length), 1));
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** Spreads one number over a whole state: a Weyl sequence through MurmurHash3's finalizer. */
function splitmix32(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(at ^ (at >>> 16), 0x85ebca6b);
    const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (again ^ (again >>> 16)) >>> 0;
  };
}
