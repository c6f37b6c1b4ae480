import io.vertx.core.Vertx;

/** Sends one file for every request, by the HTTP server that is below the service: PORT FILE. */
final class PlainFile {

  public static void main(String... arguments) {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().sendFile(arguments[1]))
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }
}
