import type { Cause } from "./cause.ts";
import { sayingSighted } from "./recognise/saying.ts";

export const functionNotFound: Cause = {
  code: "function-not-found",
  layer: "service",
  title: "There is no such function, version or alias",
  explanation:
    "Lambda was reached and the caller may call it, and it has no function by this name in this Region and account. The ARN in the message shows what it looked for, which is often another account or Region than was meant.",
  remedy: () =>
    "Compare the ARN in the message with the function's: Region, account, name, and the version or alias after it. An alias must have been created, a version published. For a function in another account give its full ARN, and in another Region use that Region's endpoint.",
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
  trust: "code",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) =>
    sayingSighted(exchanges, target, {
      text: /Function not found: |Functions from '[^']{0,80}' are not reachable in this region/i,
    }),
};
