package org.captionary.persistence.files;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.RejectedInput;

/**
 * A text file of a data set.
 *
 * @param field that names it in errors
 * @param path as it was registered
 */
record TextFile(RejectedInput.Kind kind, String field, Path path) {

  static TextFile captions(Dataset dataset) {
    return new TextFile(RejectedInput.Kind.CAPTION, "captions", dataset.captions().orElseThrow());
  }

  static TextFile split(Dataset dataset, Split split) {
    Path path = dataset.splits().get(split.name());
    return new TextFile(RejectedInput.Kind.SPLIT, "splits." + split, path);
  }

  static TextFile annotations(Dataset dataset, Annotators annotators) {
    Path path = dataset.annotations().get(annotators);
    return new TextFile(RejectedInput.Kind.JUDGEMENT, "annotations." + annotators.id(), path);
  }

  /** The same file, where it tells of something else. */
  TextFile of(RejectedInput.Kind other) {
    return new TextFile(other, field, path);
  }

  String name() {
    return path.getFileName().toString();
  }

  RejectedInput rejected(Line line, String reason) {
    return new RejectedInput(kind, name(), OptionalLong.of(line.number()), line.text(), reason);
  }
}
