package org.captionary.persistence.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;
import org.captionary.domain.preparation.RejectedInput;

/**
 * JSON of Karpathy's splits ({@code dataset_coco.json}, {@code dataset_flickr8k.json}, {@code
 * dataset_flickr30k.json}): {@code {"images": [{"filepath", "filename", "split", "sentences":
 * [{"raw", "tokens"}]}]}}; other members are passed over.
 *
 * <p>The photo lies in the folder {@code filepath}, if there is one. A caption is {@code raw} as it
 * stands, or else the tokens with spaces between. Split {@code restval} is {@code train}, {@code
 * val} is {@code dev}, others are as named.
 *
 * <p>Holds one image with its sentences. Each sentence is a caption or is rejected, with its place
 * and what it says for text; so is an image that is none. A file that breaks off, or is no JSON, is
 * refused.
 */
final class KarpathyCaptions implements CaptionFormat {

  private static final String IMAGES = "images";
  private static final String SENTENCES = "sentences";
  private static final Set<String> MEMBERS = Set.of("filepath", "filename", "split", SENTENCES);

  @Override
  public String name() {
    return "karpathy";
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
    return JsonRows.paths(head).contains("images[].sentences");
  }

  @Override
  public void read(TextSource source, TextFile file, CaptionSink sink) throws IOException {
    Pass pass = new Pass(file, sink);
    JsonRows.members(source.open(), pass::readMember);
    if (!pass.hasImages) {
      throw new IOException("it has no array " + IMAGES);
    }
  }

  private static final class Pass {

    private final TextFile file;
    private final CaptionSink sink;
    private boolean hasImages;

    Pass(TextFile file, CaptionSink sink) {
      this.file = file;
      this.sink = sink;
    }

    void readMember(String name, JsonParser at) throws IOException {
      if (name.equals(IMAGES)) {
        hasImages = true;
        JsonRows.elements(at, MEMBERS, row -> row.hand(file, this::readImage, sink::rejected));
      }
    }

    private void readImage(JsonRow image) throws BadRowException {
      JsonNode sentences = image.value().path(SENTENCES);
      if (!sentences.isArray()) {
        throw new BadRowException("it has no array of sentences");
      }
      JsonRow named = image.without(SENTENCES);
      if (image.value().hasNonNull("split")) {
        named.hand(file.of(RejectedInput.Kind.SPLIT), this::readSplit, sink::rejected);
      }
      for (int i = 0; i < sentences.size(); i++) {
        JsonRow sentence = image.child(SENTENCES, i);
        sentence.hand(file, row -> sink.caption(photo(named), caption(row)), sink::rejected);
      }
    }

    private void readSplit(JsonRow image) throws BadRowException {
      Line line = image.asLine();
      Split split = SplitNames.of(image.text("split"));
      sink.split(photo(image), split, file.name(), line.number(), line.text());
    }
  }

  private static PhotoId photo(JsonRow image) throws BadRowException {
    String name = image.text("filename");
    String folder = image.value().hasNonNull("filepath") ? image.text("filepath") : "";
    return PhotoNames.id(folder.isBlank() ? name : folder + "/" + name);
  }

  private static String caption(JsonRow sentence) throws BadRowException {
    if (sentence.value().hasNonNull("raw")) {
      return sentence.text("raw");
    }
    JsonNode tokens = sentence.value().path("tokens");
    if (!tokens.isArray()) {
      throw new BadRowException("it has neither raw nor an array of tokens");
    }
    List<String> words = new ArrayList<>();
    for (JsonNode token : tokens) {
      words.add(JsonRow.text("a token", token));
    }
    return String.join(" ", words);
  }
}
