package org.captionary.persistence.files;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/**
 * Rows {@code name.jpg| k| caption}: Flickr30k's {@code results.csv}, which is no CSV, as its
 * captions hold commas and quotes as they like. The first row may name the columns.
 *
 * <p>The caption is all behind the second bar, without the white space before it, and may be empty.
 * A row whose number is followed by white space in the bar's place is taken too: {@code
 * 2199200615.jpg| 4 A dog runs across the grass .} of the published file.
 */
final class Flickr30kCaptions implements CaptionFormat {

  private static final Pattern HEADER =
      Pattern.compile("\\s*image_name\\s*\\|\\s*comment_number\\s*\\|\\s*comment\\s*");
  private static final Pattern ROW =
      Pattern.compile("([^|]*)\\|\\s*([0-9]+)(?:\\s*\\||\\s)\\s*(.*)", Pattern.DOTALL);
  private static final Pattern PLAIN_ROW =
      Pattern.compile("[^|\\t]*[^|\\s][^|\\t]*\\|\\s*[0-9]+\\s*\\|.*");

  @Override
  public String name() {
    return "flickr30k";
  }

  @Override
  public boolean recognises(Head head) {
    return head.mostLines(PLAIN_ROW)
        || head.lines().stream().limit(1).anyMatch(line -> HEADER.matcher(line).matches());
  }

  @Override
  public void read(TextSource source, TextFile file, CaptionSink sink) throws IOException {
    TextRows.read(source.open(), file, row -> readCaption(row, sink), sink::rejected);
  }

  private static void readCaption(Line row, CaptionSink sink) throws BadRowException {
    if (row.number() == 1 && HEADER.matcher(row.text()).matches()) {
      return;
    }
    Matcher parts = ROW.matcher(row.text());
    if (!parts.matches()) {
      throw new BadRowException("the row is not of the form name | whole number | caption");
    }
    OptionalInt number = CaptionKey.number(parts.group(2));
    sink.caption(PhotoNames.id(parts.group(1)), number, parts.group(3));
  }
}
