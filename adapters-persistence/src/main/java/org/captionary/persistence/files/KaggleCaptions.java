package org.captionary.persistence.files;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/**
 * CSV with a header {@code image,caption}, as Flickr8k's {@code captions.txt} on Kaggle, or {@code
 * image_name,comment_number,comment}, as Flickr30k's there. A caption that holds commas stands in
 * quotes. It is taken as it stands, and may be empty.
 */
final class KaggleCaptions implements CaptionFormat {

  private static final CsvTable TABLE =
      new CsvTable(
          Set.of("image", "image_name")::contains,
          Set.of("caption", "comment")::contains,
          "image,caption");

  @Override
  public String name() {
    return "kaggle";
  }

  @Override
  public boolean recognises(Head head) {
    return TABLE.recognises(head);
  }

  @Override
  public void read(TextSource source, TextFile file, CaptionSink sink) throws IOException {
    TABLE.read(source, file, (row, photo, captions) -> hand(photo, captions, sink), sink);
  }

  private static void hand(String photo, List<String> captions, CaptionSink sink)
      throws BadRowException {
    PhotoId id = PhotoNames.id(photo);
    captions.forEach(caption -> sink.caption(id, caption));
  }
}
