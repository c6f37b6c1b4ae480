package org.captionary.persistence.files;

import java.io.IOException;
import java.util.regex.Pattern;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/**
 * Rows {@code name.jpg#k<TAB>caption} in UTF-8: Flickr8k's {@code Flickr8k.token.txt} and {@code
 * Flickr8k.lemma.token.txt}, Flickr30k's {@code results_20130124.token}.
 *
 * <p>A caption's key is what stands before the first tab. It is split at its first {@code #},
 * behind which only a whole number may stand; a key without {@code #} is a name alone. The photo's
 * id is the name, without white space around it, up to its first dot. The caption is all behind the
 * tab, as it stands, and may be empty.
 */
final class Flickr8kCaptions implements CaptionFormat {

  private static final Pattern ROW = Pattern.compile("[^\t]*[^\t\\s][^\t]*#\\s*[0-9]+\\s*\t.*");

  @Override
  public String name() {
    return "flickr8k";
  }

  @Override
  public boolean recognises(Head head) {
    return head.mostLines(ROW);
  }

  @Override
  public void read(TextSource source, TextFile file, CaptionSink sink) throws IOException {
    TextRows.read(source.open(), file, row -> readCaption(row.text(), sink), sink::rejected);
  }

  private static void readCaption(String row, CaptionSink sink) throws BadRowException {
    int tab = row.indexOf('\t');
    if (tab < 0) {
      throw new BadRowException("the row has no tab between key and caption");
    }
    CaptionKey key = CaptionKey.read(row.substring(0, tab));
    sink.caption(key.photo(), key.number(), row.substring(tab + 1));
  }
}
