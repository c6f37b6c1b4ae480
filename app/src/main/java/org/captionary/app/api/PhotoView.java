package org.captionary.app.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * A described photo of a preparation on the wire.
 *
 * @param split null if it is in none
 * @param servable whether it has a usable file, and its examples can be served
 * @param examples of model {@code word}, of all its captions
 */
public record PhotoView(
    String id, String split, boolean servable, long examples, List<CaptionView> captions) {

  /**
   * A caption on its way.
   *
   * @param raw as it stands in the caption file
   * @param tokens clean, without start and end words
   * @param encoded as word indices, with start and end words
   */
  public record CaptionView(String raw, List<String> tokens, List<Integer> encoded) {}

  /**
   * Photos that follow each other.
   *
   * @param next where the next page begins; null behind the last
   */
  public record PhotosView(List<PhotoView> photos, String next) {

    /** All but the last of what was read, if there are more than wanted. */
    static PhotosView of(List<Sample> read, int wanted) {
      String next = read.size() > wanted ? read.get(wanted).photo().photo().value() : null;
      return new PhotosView(read.stream().limit(wanted).map(PhotoView::of).toList(), next);
    }
  }

  static PhotoView of(Sample sample) {
    return new PhotoView(
        sample.photo().photo().value(),
        sample.photo().split().map(Split::name).orElse(null),
        sample.photo().content().isPresent(),
        sample.photo().examples(),
        captions(sample));
  }

  private static List<CaptionView> captions(Sample sample) {
    List<CaptionView> captions = new ArrayList<>();
    for (int i = 0; i < sample.captions().size(); i++) {
      captions.add(
          new CaptionView(
              sample.captions().get(i), sample.tokens().get(i), list(sample.encoded().get(i))));
    }
    return captions;
  }

  private static List<Integer> list(EncodedCaption caption) {
    return Arrays.stream(caption.toArray()).boxed().toList();
  }
}
