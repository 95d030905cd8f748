import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Asks through the client of the snippet, or a plain one; with POST, which neither sends again by itself. */
final class Apache {
  public static void main(String[] args) throws Exception {
    boolean advised = System.getenv("ADVISED").equals("yes");
    try (CloseableHttpClient client = advised ? Client.create() : HttpClients.createDefault()) {
      Asking.now(() -> {
        HttpPost request = new HttpPost(System.getenv("ORIGIN") + "/");
        request.setEntity(new StringEntity("{}"));
        client.execute(request, response -> EntityUtils.toString(response.getEntity()));
      });
    }
  }
}
