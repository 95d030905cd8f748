import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** Serves tea on a port of loopback; its idle timeout is a property of the JDK's. */
class Idle {
  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 64);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 3);
      exchange.getResponseBody().write("tea".getBytes());
      exchange.close();
    });
    server.start();
  }
}
