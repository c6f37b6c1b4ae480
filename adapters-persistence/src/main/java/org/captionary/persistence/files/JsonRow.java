package org.captionary.persistence.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.captionary.domain.preparation.RejectedInput;

/**
 * An element of an array in a JSON file.
 *
 * @param place of the element in the file, from 0: {@code annotations[12]}
 * @param line on which it begins, from 1
 * @param value an object with the members that its reader asked for; or none
 */
record JsonRow(String place, long line, JsonNode value) {

  private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");

  /** What a format makes of an element. */
  @FunctionalInterface
  interface Reader {
    void read(JsonRow row) throws BadRowException;
  }

  /** Hands it on, either to {@code reader} or, with a reason, to {@code rejected}. */
  void hand(TextFile file, Reader reader, Consumer<RejectedInput> rejected) {
    try {
      reader.read(this);
    } catch (BadRowException e) {
      rejected.accept(file.rejected(asLine(), e.getMessage()));
    }
  }

  /** As it is shown where it is rejected: its place, and what it says. */
  Line asLine() {
    return new Line(line, place + " " + value, Optional.empty());
  }

  /** An element of an array in it. */
  JsonRow child(String member, int i) {
    return new JsonRow(place + "." + member + "[" + i + "]", line, value.path(member).path(i));
  }

  JsonRow without(String member) {
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> other : value.properties()) {
      if (!other.getKey().equals(member)) {
        others.set(other.getKey(), other.getValue());
      }
    }
    return new JsonRow(place, line, others);
  }

  /** A text that can be stored. */
  String text(String member) throws BadRowException {
    return text(member, value.path(member));
  }

  /** A text or a whole number, as a text. */
  String key(String member) throws BadRowException {
    JsonNode key = value.path(member);
    return key.isIntegralNumber() ? key.asText() : text(member, key);
  }

  /**
   * A text that can be stored.
   *
   * @param name for people
   */
  static String text(String name, JsonNode value) throws BadRowException {
    if (!value.isTextual()) {
      throw new BadRowException(value.isMissingNode() ? "it has no " + name : name + " is no text");
    }
    return storable(value.textValue());
  }

  private static String storable(String text) throws BadRowException {
    if (text.length() > LineReader.LONGEST) {
      throw new BadRowException("a text is longer than " + LineReader.LONGEST + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw new BadRowException("a text holds a NUL character");
    }
    if (HALF_A_PAIR.matcher(text).find()) {
      throw new BadRowException("a text is not UTF-8, or holds half a surrogate pair");
    }
    return text;
  }
}
