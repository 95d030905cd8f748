import type { AdviceClient } from "../client.ts";

// https://hc.apache.org/httpcomponents-client-5.4.x/
export const javaApache: AdviceClient = {
  id: "java-apache",
  title: "Apache HttpClient 5",
  language: "java",
  snippet: ({ idleDropMs, tcpKeepAliveMs, ageMaxMs, pool }) => ({
    code: `import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

public final class Client {
  public static CloseableHttpClient create() {
    return HttpClients.custom()
        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(${pool})
            .setMaxConnTotal(${pool * 4})
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.ofSeconds(5))
${ageMaxMs === null ? "" : `                .setTimeToLive(TimeValue.ofMilliseconds(${ageMaxMs}))\n`}                .setValidateAfterInactivity(TimeValue.ofMilliseconds(${Math.max(1, Math.floor(idleDropMs / 2))}))
                .build())
            .setDefaultSocketConfig(SocketConfig.custom()
                .setSoKeepAlive(true)
                .setTcpKeepIdle(${tcpKeepAliveMs / 1000})
                .setTcpKeepInterval(${tcpKeepAliveMs / 1000})
                .setTcpKeepCount(3)
                .build())
            .build())
        // Exact, since it is asked when a connection is taken: an evictor alone comes by too seldom.
        .setKeepAliveStrategy((response, context) -> TimeValue.ofMilliseconds(${idleDropMs}))
        .evictExpiredConnections()
        .build();
  }

  private Client() {}
}
`,
    notes: [
      "It retries idempotent requests once by itself (DefaultHttpRequestRetryStrategy), and no others.",
      "`evictIdleConnections` is not enough: its thread sleeps for as long as the time it is given, so that a connection may be idle for twice that.",
      "`setTcpKeepIdle` and its like need httpcore 5.3 or newer, and Java 11.",
    ],
  }),
};
