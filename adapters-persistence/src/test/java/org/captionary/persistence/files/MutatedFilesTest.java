package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.RejectedInput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files with random damage, by fixed seeds: each is read to its end or refused, each of its rows is
 * a caption or rejected, and no two formats take it for theirs. {@code -Dcaptionary.fuzz.seed} and
 * {@code -Dcaptionary.fuzz.files} give others, and more.
 */
class MutatedFilesTest {

  private static final long SEED = Long.getLong("captionary.fuzz.seed", 1);
  private static final long FILES = Long.getLong("captionary.fuzz.files", 1000);

  private static final Pattern HEADER =
      Pattern.compile("\\s*image_name\\s*\\|\\s*comment_number\\s*\\|\\s*comment\\s*");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /** Files without fault, and how rows are counted. */
  private enum Kind {
    FLICKR8K(
        new Flickr8kCaptions(),
        MutatedFilesTest::lines,
        "a.jpg#0\tA dog .\nb.jpg#1\tA cät , 木 😀 .\nb.jpg#2\tx\n".repeat(3)),
    FLICKR30K(
        new Flickr30kCaptions(),
        MutatedFilesTest::linesWithoutHeader,
        "image_name| comment_number| comment\na.jpg| 0| A dog .\nb.jpg| 4   Ä | 木 😀 .\n"),
    KAGGLE(
        new KaggleCaptions(),
        MutatedFilesTest::rowsOfCsv,
        "image,caption\na.jpg,A dog .\nb.jpg,\"A \"\"cät\"\" , 木 😀 .\"\nc,\"x\ny\"\n".repeat(2)),
    TABLE(
        new ImageFolderCaptions(),
        MutatedFilesTest::rowsOfCsv,
        "caption_0,file_name,label\n\"[\"\"x\"\"]\",train/a.jpg,5\n"
            + "\"two\nlines\",b.jpg,\"Ä , 木\"\n"),
    LINES(
        new ImageFolderCaptions(),
        MutatedFilesTest::lines,
        "{\"file_name\": \"val/a.jpg\", \"text\": \"A dog .\", \"n\": [1, {\"a\": 1.5e3}]}\n"
            + "{\"text\": [\"Ä \\u00e4 木\"], \"file_name\": \"b.jpg\", \"label\": null}\n"),
    COCO(
        new CocoCaptions(),
        MutatedFilesTest::annotations,
        "{\"info\": {\"year\": 2014}, \"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"},\n"
            + "{\"file_name\": \"v/b.jpg\", \"id\": 2}], \"annotations\": [\n"
            + "{\"image_id\": 1, \"id\": 7, \"caption\": \"A dog .\", \"area\": -1.5e-3},\n"
            + "{\"image_id\": 2, \"id\": 8, \"caption\": \"Ä \\u00e4 \\ud83d\\ude00 木.\"}]}\n"),
    COCO_BACKWARDS(
        new CocoCaptions(),
        MutatedFilesTest::annotations,
        "{\"annotations\": [{\"image_id\": 1, \"id\": 7, \"caption\": \"A dog .\"}, {\"id\": 8,"
            + " \"image_id\": 1, \"caption\": \"x\"}], \"images\": [{\"id\": 1, \"file_name\":"
            + " \"a.jpg\"}]}"),
    KARPATHY(
        new KarpathyCaptions(),
        MutatedFilesTest::sentences,
        "{\"images\": [{\"filepath\": \"v\", \"filename\": \"a.jpg\", \"split\": \"restval\",\n"
            + "\"sentences\": [{\"raw\": \"A dog .\", \"tokens\": [\"a\", \"dog\"]},\n"
            + "{\"tokens\": [\"ä\", \"木\"]}]}, {\"filename\": \"b.jpg\", \"sentences\": []}]}");

    private final CaptionFormat format;
    private final Counter counter;
    private final String valid;

    /** Whether damage may make more captions of a row. */
    private final boolean columns;

    Kind(CaptionFormat format, Counter counter, String valid) {
      this.format = format;
      this.counter = counter;
      this.valid = valid;
      this.columns = format instanceof KaggleCaptions || format instanceof ImageFolderCaptions;
    }
  }

  /** Counts a file's rows in another way than the reader; empty if that cannot tell. */
  private interface Counter {
    OptionalLong rows(byte[] file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void isReadOrRefused(Kind kind) throws IOException {
    Mutation mutation = new Mutation(SEED);
    check(kind, kind.valid.getBytes(UTF_8));
    for (long i = 0; i < FILES; i++) {
      boolean utf16 = i % 10 == 0;
      byte[] valid =
          utf16 ? ("\uFEFF" + kind.valid).getBytes(UTF_16LE) : kind.valid.getBytes(UTF_8);
      check(kind, mutation.of(valid));
    }
  }

  private static void check(Kind kind, byte[] file) throws IOException {
    try {
      assertThat(Formats.recognising(file).size()).isLessThanOrEqualTo(1);
      Optional<Recorded> read = read(kind.format, file);
      if (read.isPresent()) {
        checkAccount(kind, file, read.get());
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(new String(file, UTF_8) + "\n" + HexFormat.of().formatHex(file), e);
    }
  }

  /** Empty if the file is refused. */
  private static Optional<Recorded> read(CaptionFormat format, byte[] file) {
    try {
      return Optional.of(Formats.read(format, file));
    } catch (InvalidInputException e) {
      assertThat(e.field()).isEqualTo("captions");
      return Optional.empty();
    }
  }

  private static void checkAccount(Kind kind, byte[] file, Recorded read) throws IOException {
    OptionalLong rows = kind.counter.rows(file);
    if (rows.isPresent()) {
      long account = read.captions + rejectedRows(kind, read);
      assertThat(account).isGreaterThanOrEqualTo(rows.getAsLong());
      assertThat(kind.columns || account == rows.getAsLong()).isTrue();
    }
  }

  /** Images are no rows in COCO's files. */
  private static long rejectedRows(Kind kind, Recorded read) {
    return read.rejected.stream()
        .filter(row -> row.kind() == RejectedInput.Kind.CAPTION)
        .filter(row -> !kind.format.name().equals("coco") || !row.text().startsWith("images["))
        .count();
  }

  private static OptionalLong lines(byte[] file) throws IOException {
    return OptionalLong.of(texts(file).size());
  }

  private static OptionalLong linesWithoutHeader(byte[] file) throws IOException {
    List<String> lines = texts(file);
    boolean header = !lines.isEmpty() && HEADER.matcher(lines.get(0)).matches();
    return OptionalLong.of(header ? lines.size() - 1 : lines.size());
  }

  /** The rows hold all lines of the file, in their order. */
  private static OptionalLong rowsOfCsv(byte[] file) throws IOException {
    CsvRows rows = new CsvRows(utf8(file));
    List<String> texts = new ArrayList<>();
    for (Optional<Line> row = rows.next(); row.isPresent(); row = rows.next()) {
      texts.add(row.get().text());
    }
    assertThat(String.join("\n", texts)).isEqualTo(String.join("\n", texts(file)));
    return OptionalLong.of(Math.max(0, texts.size() - 1));
  }

  private static OptionalLong annotations(byte[] file) throws IOException {
    return count(file, tree -> tree.path("annotations").size());
  }

  private static OptionalLong sentences(byte[] file) throws IOException {
    return count(file, MutatedFilesTest::sentences);
  }

  private static long sentences(JsonNode tree) {
    long count = 0;
    for (JsonNode image : tree.path("images")) {
      count += image.path("sentences").isArray() ? image.path("sentences").size() : 1;
    }
    return count;
  }

  private static OptionalLong count(byte[] file, ToLongFunction<JsonNode> rows) throws IOException {
    try {
      String text = new String(utf8(file).readAllBytes(), UTF_8);
      return OptionalLong.of(rows.applyAsLong(JSON.readTree(text)));
    } catch (JsonProcessingException e) {
      assertThat(e.getOriginalMessage()).contains("Duplicate field");
      return OptionalLong.empty();
    }
  }

  private static List<String> texts(byte[] file) throws IOException {
    LineReader reader = new LineReader(utf8(file));
    List<String> texts = new ArrayList<>();
    for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
      texts.add(line.get().text());
    }
    return texts;
  }

  private static InputStream utf8(byte[] file) throws IOException {
    return Utf8Stream.of(new ByteArrayInputStream(file)).stream();
  }
}
