package org.captionary.persistence.files;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Set;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/**
 * JSON of COCO's captions: {@code {"images": [{"id", "file_name"}], "annotations": [{"id",
 * "image_id", "caption"}]}}; other members are passed over. Dataset order is that of the
 * annotations. Captions are taken as they stand. Photos may lie in folders.
 *
 * <p>Holds an index of the images (see {@link ImageIndex}). If the annotations come first, the file
 * is gone through twice. An element that cannot be used is rejected with its place and what it says
 * for text; the line is that on which it begins, which is the first for all if the file has one
 * line. A file that breaks off, or is no JSON, is refused.
 */
final class CocoCaptions implements CaptionFormat {

  private static final String IMAGES = "images";
  private static final String ANNOTATIONS = "annotations";

  @Override
  public String name() {
    return "coco";
  }

  @Override
  public boolean nested() {
    return true;
  }

  @Override
  public boolean recognises(Head head) {
    Set<String> paths = JsonRows.paths(head);
    boolean captions = paths.contains("annotations[].caption");
    boolean images = paths.contains("images[].file_name") && !paths.contains("images[].sentences");
    return images || captions && paths.contains("annotations[].image_id");
  }

  @Override
  public void read(TextSource source, TextFile file, CaptionSink sink) throws IOException {
    Pass pass = new Pass(file, sink);
    JsonRows.members(source.open(), pass::readMember);
    if (pass.hasAnnotations && !pass.hasImages) {
      throw new IOException("it has no array " + IMAGES);
    }
    if (!pass.hasAnnotations) {
      throw new IOException("it has no array " + ANNOTATIONS);
    }
    if (pass.postponed) {
      JsonRows.members(source.open(), pass::readPostponed);
    }
  }

  private static final class Pass {

    private final TextFile file;
    private final CaptionSink sink;
    private final ImageIndex index = new ImageIndex();
    private boolean hasImages;
    private boolean hasAnnotations;
    private boolean postponed;

    Pass(TextFile file, CaptionSink sink) {
      this.file = file;
      this.sink = sink;
    }

    void readMember(String name, JsonParser at) throws IOException {
      if (name.equals(IMAGES)) {
        hasImages = true;
        read(at, Set.of("id", "file_name"), this::readImage);
      } else if (name.equals(ANNOTATIONS)) {
        hasAnnotations = true;
        postponed |= !hasImages;
        if (!postponed) {
          readPostponed(name, at);
        }
      }
    }

    void readPostponed(String name, JsonParser at) throws IOException {
      if (name.equals(ANNOTATIONS)) {
        read(at, Set.of("id", "image_id", "caption"), this::readAnnotation);
      }
    }

    private void read(JsonParser at, Set<String> wanted, JsonRow.Reader reader) throws IOException {
      JsonRows.elements(at, wanted, row -> row.hand(file, reader, sink::rejected));
    }

    private void readImage(JsonRow image) throws BadRowException {
      PhotoId photo = PhotoNames.id(image.text("file_name"));
      if (!index.add(image.key("id"), photo)) {
        throw new BadRowException("its id is that of an image before, of another file_name");
      }
    }

    private void readAnnotation(JsonRow annotation) throws BadRowException {
      String caption = annotation.text("caption");
      PhotoId photo =
          index
              .find(annotation.key("image_id"))
              .orElseThrow(() -> new BadRowException("no image has its image_id for id"));
      sink.caption(photo, caption);
    }
  }
}
