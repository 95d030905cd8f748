import { reason } from "../open-run.ts";

/** Writes down what was measured, piece by piece, until that fails for the first time. */
export interface Saver<T> {
  save(piece: T): void;
  /** Once all is written: why it could not all be; null when it was. */
  lost(): Promise<string | null>;
}

/** @param onLost at once, since a load that cannot be saved goes on for nobody */
export function keepSaving<T>(write: (piece: T) => Promise<void>, onLost: () => void): Saver<T> {
  let lost: string | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  return {
    save(piece) {
      if (lost !== null) return;
      const written = write(piece).catch((error: unknown) => {
        lost ??= reason(error);
        onLost();
      });
      writing = Promise.all([writing, written]);
    },
    async lost() {
      await writing;
      return lost;
    },
  };
}
