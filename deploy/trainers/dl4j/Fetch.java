import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code java Fetch.java ADDRESS FILE}: curl is not everywhere, Java is where this runs. */
final class Fetch {

  public static void main(String[] args) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      System.err.println(args[0] + ": " + response.statusCode());
      System.exit(1);
    }
    Files.write(Path.of(args[1]), response.body());
  }
}
