import type { AdviceClient } from "../client.ts";

// https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/module-summary.html
export const javaJdk: AdviceClient = {
  id: "java-jdk",
  title: "java.net.http.HttpClient (JDK)",
  language: "sh",
  snippet: ({ idleDropMs, pool }) => {
    const seconds = Math.floor(idleDropMs / 1000);
    return {
      code: `java \\
  -Djdk.httpclient.keepalive.timeout=${Math.max(1, seconds)} \\
  -Djdk.httpclient.keepalive.timeout.h2=${Math.max(1, seconds)} \\
  -Djdk.httpclient.connectionPoolSize=${pool} \\
  -jar app.jar
# idle connections are dropped after that many whole seconds; ${idleDropMs} ms would do
`,
      notes: [
        ...(seconds < 1
          ? ["One second is the least that can be set, and here that is too long: use another client for this path."]
          : []),
        "The default was 1200 s before JDK 20 and is 30 s since; `keepalive.timeout.h2` came with JDK 20.",
        "It cannot send TCP keep-alive and knows no maximum age: what a flow timer forgets during a long call hangs until the request's own `timeout`.",
        "It sends GET and HEAD again by itself when a reused connection turns out to be closed; `-Djdk.httpclient.enableAllMethodRetry` extends that to POST, which is not safe.",
      ],
    };
  },
};
