/** Settles as the promise does, or rejects with a `DeadlineError` once the time is over; the promise itself runs on. */
export function within<T>(deadlineMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(deadlineMs)), deadlineMs);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}

export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
  constructor(deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
  }
}
