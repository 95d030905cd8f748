/** Why the lab cannot start, in a sentence for whoever started it. */
export class LabProblem extends Error {
  override readonly name = "LabProblem";
  /** `usage`: asked for something there is not; `environment`: this machine cannot do it. */
  readonly sort: "usage" | "environment";

  constructor(sort: "usage" | "environment", message: string) {
    super(message);
    this.sort = sort;
  }
}
