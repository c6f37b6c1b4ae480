package org.captionary.persistence.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;
import org.captionary.domain.preparation.RejectedInput;

/**
 * Reads the captions of a sample: each line of a {@code .txt} or {@code .caption}; of a JSON object
 * the texts of the first of {@code captions}, {@code caption} and {@code text} that is there and
 * not null, each a text or a list of texts. Its {@code split}, a text, puts the photo into a split.
 */
final class CaptionMembers {

  private static final List<String> KEYS = List.of("captions", "caption", "text");
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final PhotoId photo;
  private final CaptionMember member;
  private final CaptionSink sink;

  private CaptionMembers(PhotoId photo, CaptionMember member, CaptionSink sink) {
    this.photo = photo;
    this.member = member;
    this.sink = sink;
  }

  static void read(PhotoId photo, CaptionMember member, CaptionSink sink) {
    CaptionMembers reader = new CaptionMembers(photo, member, sink);
    if (member.kind() == CaptionMember.Kind.JSON) {
      reader.json();
    } else {
      reader.lines();
    }
  }

  static RejectedInput rejected(String source, long line, String text, String reason) {
    return new RejectedInput(
        RejectedInput.Kind.CAPTION, source, OptionalLong.of(line), text, reason);
  }

  private void lines() {
    try {
      LineReader lines = new LineReader(new ByteArrayInputStream(member.bytes()));
      Optional<Line> line = lines.next();
      if (line.isEmpty()) {
        reject(1, "", "it holds no caption");
      }
      for (; line.isPresent(); line = lines.next()) {
        line(line.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of an array there is none
    }
  }

  private void line(Line line) {
    String text = line.text().startsWith("\uFEFF") ? line.text().substring(1) : line.text();
    if (line.fault().isPresent()) {
      reject(line.number(), text, line.fault().get());
    } else if (text.isBlank()) {
      reject(line.number(), text, "the row is blank");
    } else {
      sink.caption(photo, text);
    }
  }

  private void json() {
    try {
      JsonNode object = MAPPER.readTree(member.bytes());
      if (!object.isObject()) {
        reject(1, object.toString(), "the JSON is no object");
        return;
      }
      captions(object);
      split(object);
    } catch (JsonProcessingException e) {
      reject(1, "", "broken JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      reject(1, "", "broken JSON: " + e.getMessage());
    }
  }

  private void captions(JsonNode object) {
    Optional<String> key = KEYS.stream().filter(object::hasNonNull).findFirst();
    if (key.isEmpty()) {
      reject(1, object.toString(), "the JSON has none of " + String.join(", ", KEYS));
      return;
    }
    JsonNode value = object.get(key.get());
    if (value.isArray()) {
      value.forEach(text -> caption(key.get(), text));
    } else {
      caption(key.get(), value);
    }
  }

  private void caption(String key, JsonNode value) {
    if (!value.isTextual()) {
      reject(1, value.toString(), key + " holds what is no text");
    } else if (isStorable(value.textValue())) {
      sink.caption(photo, LINE_BREAK.matcher(value.textValue()).replaceAll(" "));
    } else {
      reject(1, value.textValue(), "the caption holds a NUL character or half a character");
    }
  }

  private static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  private void split(JsonNode object) {
    JsonNode value = object.get("split");
    if (value == null || value.isNull()) {
      return;
    }
    try {
      Split split = new Split(value.asText());
      if (!split.isAll()) {
        sink.split(photo, split, member.source(), 1, split.name());
        return;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    sink.rejected(
        new RejectedInput(
            RejectedInput.Kind.SPLIT,
            member.source(),
            OptionalLong.of(1),
            value.toString(),
            "no split's name: 1 to 64 of a-z, 0-9, _ and -, and not all"));
  }

  private void reject(long line, String text, String reason) {
    sink.rejected(rejected(member.source(), line, text, reason));
  }
}
