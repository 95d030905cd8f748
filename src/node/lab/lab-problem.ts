/** Why this machine cannot run the lab, in a sentence for whoever started it. */
export class LabProblem extends Error {
  override readonly name = "LabProblem";
}
