/**
 * How many connections answered how many requests, in powers of two: slot 0 holds those that answered none, slot k those that
 * answered 2^(k-1) up to 2^k - 1.
 */
export const servedSlots = 54;

export const servedSlotOf = (served: number): number =>
  served < 1 ? 0 : Math.min(servedSlots - 1, Math.floor(Math.log2(served)) + 1);

export const servedFrom = (slot: number): number => (slot === 0 ? 0 : 2 ** (slot - 1));
export const servedTo = (slot: number): number => (slot === 0 ? 0 : 2 ** slot - 1);
