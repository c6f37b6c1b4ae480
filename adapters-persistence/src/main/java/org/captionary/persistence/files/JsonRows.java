package org.captionary.persistence.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes through a JSON file that is an object with arrays of objects, an element at a time. Bytes
 * that are no UTF-8 come out as {@link #WRONG}, and cost their element alone. Control characters
 * may stand in texts, and NaN for numbers, as Python writes them.
 */
final class JsonRows {

  /** Half a surrogate pair, which no right text decodes to. */
  private static final String WRONG = "\uDFFF";

  private static final JsonFactory FACTORY =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build()
          .getFactory();

  private JsonRows() {}

  /** What is done with a member of the file's object. */
  @FunctionalInterface
  interface MemberReader {

    /**
     * Reads the member's value, or leaves it.
     *
     * @param at stands on the first token of the value
     */
    void read(String name, JsonParser at) throws IOException;
  }

  /**
   * Hands on the members of the object that the file is.
   *
   * @throws IOException also if the file is no JSON or no object, with where and why
   */
  static void members(InputStream in, MemberReader reader) throws IOException {
    try (JsonParser parser = parser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        reader.read(name, parser);
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IOException("more stands behind the JSON object" + place(parser));
      }
    } catch (JsonEOFException e) {
      throw new IOException("its JSON breaks off" + place(e), e);
    } catch (JsonProcessingException e) {
      throw new IOException("it is no JSON" + place(e) + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Hands on the elements of an array.
   *
   * @param at stands on the array's beginning, and on its end afterwards
   * @param wanted members of the elements; others are passed over, whatever their size
   * @throws IOException also if there is no array
   */
  static void elements(JsonParser at, Set<String> wanted, Consumer<JsonRow> reader)
      throws IOException {
    String array = at.currentName();
    if (!at.isExpectedStartArrayToken()) {
      throw new IOException("its " + array + " are no array" + place(at));
    }
    for (long i = 0; at.nextToken() != JsonToken.END_ARRAY; i++) {
      int line = at.currentTokenLocation().getLineNr();
      reader.accept(new JsonRow(array + "[" + i + "]", line, element(at, wanted)));
    }
  }

  /** Of an array nothing is kept. */
  private static JsonNode element(JsonParser at, Set<String> wanted) throws IOException {
    if (at.isExpectedStartObjectToken()) {
      return members(at, wanted);
    }
    if (at.isExpectedStartArrayToken()) {
      at.skipChildren();
      return JsonNodeFactory.instance.arrayNode();
    }
    return at.readValueAsTree();
  }

  private static JsonNode members(JsonParser at, Set<String> wanted) throws IOException {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    while (at.nextToken() == JsonToken.FIELD_NAME) {
      String name = at.currentName();
      at.nextToken();
      if (wanted.contains(name)) {
        JsonNode value = at.readValueAsTree();
        members.set(name, value);
      } else {
        at.skipChildren();
      }
    }
    return members;
  }

  /**
   * A text that is a JSON value.
   *
   * @return empty if it is none
   */
  static Optional<JsonNode> value(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      JsonNode value = parser.readValueAsTree();
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The names of members in the beginning of a file, each with those it is in: {@code
   * images[].file_name}.
   */
  static Set<String> paths(Head head) {
    Set<String> paths = new HashSet<>();
    try (JsonParser parser = parser(new ByteArrayInputStream(head.bytes()))) {
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        if (t == JsonToken.FIELD_NAME) {
          paths.add(path(parser.getParsingContext()));
        }
      }
    } catch (IOException e) {
      return paths; // the head breaks off, or is no JSON
    }
    return paths;
  }

  private static String path(JsonStreamContext context) {
    if (context.inRoot()) {
      return "";
    }
    String parent = path(context.getParent());
    if (context.inArray()) {
      return parent + "[]";
    }
    return parent.isEmpty() ? context.getCurrentName() : parent + "." + context.getCurrentName();
  }

  private static JsonParser parser(InputStream in) throws IOException {
    return FACTORY.createParser(
        new InputStreamReader(
            in,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(WRONG)));
  }

  private static String place(JsonProcessingException e) {
    return place(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String place(JsonParser at) {
    var location = at.currentTokenLocation();
    return place(location.getLineNr(), location.getColumnNr());
  }

  private static String place(int line, int column) {
    return " at line " + line + ", column " + column;
  }
}
