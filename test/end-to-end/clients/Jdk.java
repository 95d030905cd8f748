import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks through the JDK's client, which is set by properties; with POST, which it does not send again by itself. */
final class Jdk {
  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("ORIGIN") + "/"))
        .timeout(Duration.ofSeconds(20))
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
    Asking.now(() -> client.send(request, BodyHandlers.ofString()));
  }
}
