package org.captionary.persistence.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/**
 * Hugging Face's {@code imagefolder}: {@code metadata.jsonl}, an object a line, or {@code
 * metadata.csv}. Column {@code file_name} names the photo, with folders before it if it lies in
 * some; a first folder {@code train}, {@code validation}, {@code valid}, {@code val}, {@code dev}
 * or {@code test} puts it into a split.
 *
 * <p>Captions stand in all columns called {@code text} or {@code caption}, with {@code s} or a
 * number behind it as it may be ({@code caption_0}), in their order; each holds a text or a list of
 * texts, in CSV written as JSON. A file name may come again, with more captions. A row is taken as
 * a whole or rejected.
 */
final class ImageFolderCaptions implements CaptionFormat {

  private static final String FILE_NAME = "file_name";
  private static final Predicate<String> CAPTION =
      Pattern.compile("(text|caption)s?[_-]?[0-9]*").asMatchPredicate();
  private static final CsvTable TABLE =
      new CsvTable(FILE_NAME::equals, CAPTION, "file_name,text or the like");

  @Override
  public String name() {
    return "imagefolder";
  }

  @Override
  public boolean nested() {
    return true;
  }

  @Override
  public List<Split> splits() {
    return SplitNames.SPLITS;
  }

  @Override
  public boolean recognises(Head head) {
    return TABLE.recognises(head) || head.mostLines(ImageFolderCaptions::isObject);
  }

  private static boolean isObject(String line) {
    return JsonRows.value(line).filter(row -> row.path(FILE_NAME).isTextual()).isPresent();
  }

  @Override
  public void read(TextSource source, TextFile file, CaptionSink sink) throws IOException {
    InputStream in = new BufferedInputStream(source.open());
    in.mark(Head.LENGTH);
    boolean json = Head.of(in).text().stripLeading().startsWith("{");
    in.reset();
    Rows rows = new Rows(file, sink);
    if (json) {
      TextRows.read(in, file, rows::readObject, sink::rejected);
    } else {
      TABLE.read(() -> in, file, rows::readCells, sink);
    }
  }

  private record Rows(TextFile file, CaptionSink sink) {

    void readObject(Line row) throws BadRowException {
      JsonNode object =
          JsonRows.value(row.text())
              .filter(JsonNode::isObject)
              .orElseThrow(() -> new BadRowException("the row is no JSON object"));
      List<String> captions = new ArrayList<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (CAPTION.test(member.getKey().toLowerCase(Locale.ROOT))) {
          add(member.getKey(), member.getValue(), captions);
        }
      }
      hand(row, JsonRow.text(FILE_NAME, object.path(FILE_NAME)), captions);
    }

    void readCells(Line row, String photo, List<String> cells) throws BadRowException {
      List<String> captions = cells.stream().flatMap(cell -> texts(cell).stream()).toList();
      hand(row, photo, captions);
    }

    private void hand(Line row, String photo, List<String> captions) throws BadRowException {
      PhotoId id = PhotoNames.id(photo);
      if (captions.isEmpty()) {
        throw new BadRowException("the row has no caption");
      }
      String folder = photo.strip().substring(0, Math.max(0, photo.strip().indexOf('/')));
      SplitNames.find(folder)
          .ifPresent(split -> sink.split(id, split, file.name(), row.number(), row.text()));
      captions.forEach(caption -> sink.caption(id, caption));
    }
  }

  private static void add(String name, JsonNode value, List<String> captions)
      throws BadRowException {
    if (value.isNull()) {
      return;
    }
    for (JsonNode text : value.isArray() ? value : List.of(value)) {
      captions.add(JsonRow.text(name, text));
    }
  }

  /** Those of a list written as JSON, or the one that a cell is. */
  private static List<String> texts(String cell) {
    Optional<JsonNode> value = cell.startsWith("[") ? JsonRows.value(cell) : Optional.empty();
    List<String> texts = new ArrayList<>();
    try {
      add("a caption", value.orElse(TextNode.valueOf(cell)), texts);
      return texts;
    } catch (BadRowException e) {
      return List.of(cell); // a list of something else is a text in brackets
    }
  }
}
