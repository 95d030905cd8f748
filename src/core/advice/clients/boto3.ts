import type { AdviceClient } from "../client.ts";

// https://botocore.amazonaws.com/v1/documentation/api/latest/reference/config.html and the event `before-send`
export const boto3: AdviceClient = {
  id: "boto3",
  title: "boto3 (botocore)",
  language: "python",
  snippet: ({ idleDropMs, ageMaxMs, pool }) => {
    const renewMs = ageMaxMs === null ? idleDropMs : Math.min(idleDropMs, ageMaxMs);
    return {
      code: `import threading
import time

from botocore.config import Config

config = Config(
    tcp_keepalive=True,
    max_pool_connections=${pool},
    connect_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 2},
)

RENEW_SECONDS = ${renewMs / 1000}


def keep_fresh(client):
    """Lets no connection become old enough to be dead: boto3 cannot drop idle ones by itself."""
    lock = threading.Lock()
    opened = time.monotonic()

    def before_send(**_):
        nonlocal opened
        with lock:
            if time.monotonic() - opened >= RENEW_SECONDS:
                client.close()  # closes what is idle; the next request opens anew
                opened = time.monotonic()

    client.meta.events.register("before-send", before_send)
    return client


# client = keep_fresh(boto3.client("lambda", config=config))
`,
      notes: [
        'Read every streamed answer to its end (`answer["Payload"].read()` after `invoke`): one that is not read never gives its connection back, and each call opens a new one.',
        "boto3 has no idle timeout and no maximum age. Before each use it looks whether a connection was closed (FIN), so that those are replaced without harm; what was forgotten without a word, or is reset only when used again, it does not see. `keep_fresh` renews all connections often enough instead: a handshake now and then.",
        "`tcp_keepalive` only turns TCP keep-alive on. How often is the kernel's matter, 7200 s unless set otherwise: `sysctl -w net.ipv4.tcp_keepalive_time=60` (or a pod's `securityContext.sysctls`), or else it does nothing against a flow timer of 350 s.",
        "The standard mode retries connection errors of every operation: an Invoke whose answer was lost may run twice. Lambda's own read timeout is 60 s unless `read_timeout` says more; then a long call is sent again while the first still runs.",
      ],
    };
  },
};
