package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;

/** The page comes without a token, whole, and asks nobody else for anything. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PageTest {

  private static final Path FILES = Path.of("src/main/resources/META-INF/resources/page");
  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  /** Of HTML's attributes, of modules and of style sheets. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\s(?:src|href)=\"([^\"#]+)\"|(?:from|import) \"([^\"]+)\"");

  /** Names of XML's vocabularies are addresses that nobody asks. */
  private static final Pattern FOREIGN =
      Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/)[a-z0-9-]+\\.[a-z]{2,}");

  private static final Pattern INLINE =
      Pattern.compile("<style|<script(?! type=\"module\" src=)| style=\"| on[a-z]+=\"");

  private static Response get(String address) {
    Response response = RestAssured.get(address);
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    assertThat(response.header("Cache-Control")).as(address).isEqualTo("no-cache");
    return response;
  }

  /** Every text that is reached from the page, by address. */
  private static Map<String, String> reached() {
    Map<String, String> texts = new LinkedHashMap<>();
    Deque<URI> open = new ArrayDeque<>(Set.of(URI.create("/")));
    while (!open.isEmpty()) {
      URI address = open.pop();
      if (!texts.containsKey(address.toString())) {
        String text = get(address.toString()).asString();
        texts.put(address.toString(), text);
        REFERENCE
            .matcher(text)
            .results()
            .map(found -> Stream.of(1, 2).map(found::group).filter(g -> g != null).findFirst())
            .forEach(found -> open.push(address.resolve(found.get())));
      }
    }
    return texts;
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> "/page/" + FILES.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyFileIsReachedAndHasItsType() throws IOException {
    Set<String> reached = new TreeSet<>(reached().keySet());
    reached.remove("/");
    assertThat(reached).isEqualTo(files());
    assertThat(get("/").contentType()).startsWith("text/html");
    for (String file : reached) {
      String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
      assertThat(get(file).contentType()).as(file).startsWith(type);
    }
  }

  @Test
  void nobodyElseIsAskedAndNothingIsInline() {
    reached()
        .forEach(
            (address, text) -> {
              assertThat(FOREIGN.matcher(text).results().map(r -> r.group())).as(address).isEmpty();
              assertThat(INLINE.matcher(text).results().map(r -> r.group())).as(address).isEmpty();
            });
  }
}
