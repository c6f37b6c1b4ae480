package org.captionary.persistence.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.RejectedInput;

/** Keeps what a reader hands out, in order. */
class Recorded implements DatasetFiles.CaptionSink, DatasetFiles.SplitSink {

  final List<String> rows = new ArrayList<>();

  /** Of the captions that have one. */
  final List<Integer> numbers = new ArrayList<>();

  final List<RejectedInput> rejected = new ArrayList<>();
  final Map<String, String> encodings = new TreeMap<>();
  long captions;

  @Override
  public void caption(PhotoId photo, OptionalInt number, String text) {
    rows.add(photo + "|" + text);
    captions++;
    number.ifPresent(numbers::add);
  }

  @Override
  public void photo(PhotoId photo, long line, String text) {
    rows.add(photo + "|" + line + "|" + text);
  }

  @Override
  public void split(PhotoId photo, Split split, String source, long line, String text) {
    rows.add(photo + "|" + split + "|" + source + "|" + line + "|" + text);
  }

  @Override
  public void encoding(String source, String encoding) {
    encodings.put(source, encoding);
  }

  @Override
  public void rejected(RejectedInput row) {
    rejected.add(row);
  }

  List<String> reasons() {
    return rejected.stream().map(RejectedInput::reason).toList();
  }
}
