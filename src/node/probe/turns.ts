/** Lets things run together, or one alone: in the order they came, so that nobody waits for ever. */
export interface Turns {
  together<T>(run: () => Promise<T>): Promise<T>;
  alone<T>(run: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let lastAlone: Promise<unknown> = Promise.resolve();
  let together: Promise<unknown>[] = [];

  const settled = (turn: Promise<unknown>): Promise<unknown> => turn.catch(() => {});

  return {
    together(run) {
      const turn = lastAlone.then(run);
      together.push(settled(turn));
      return turn;
    },
    alone(run) {
      const turn = Promise.all([lastAlone, ...together]).then(run);
      together = [];
      lastAlone = settled(turn);
      return turn;
    },
  };
}
