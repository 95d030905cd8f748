/** The SDK's, imported when asked for and not before: commands that sign nothing do not pay for it. */
export function loadProviders() {
  // Its advice about Node's version would go to the console, between progress and results.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  return import("@aws-sdk/credential-providers");
}
