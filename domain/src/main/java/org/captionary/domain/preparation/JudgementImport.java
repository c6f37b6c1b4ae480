package org.captionary.domain.preparation;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.JudgedPair;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;

/**
 * Reads files of human judgements into a snapshot whose captions are there. A row's caption is the
 * one of that number; where the caption file numbers none, the number is its place among its
 * photo's captions, from 0.
 */
final class JudgementImport {

  private final Ports ports;
  private final CaptionRepository captions;
  private final JudgementRepository judgements;

  JudgementImport(Ports ports) {
    this.ports = ports;
    this.captions = ports.captions();
    this.judgements = ports.judgements();
  }

  /**
   * @return of the file's bytes
   */
  ContentHash run(Dataset dataset, Annotators annotators, TextReading reading) {
    String source = dataset.annotations().get(annotators).getFileName().toString();
    PairChunks chunks = new PairChunks(source, reading);
    ContentHash file = ports.files(dataset.format()).readJudgements(dataset, annotators, chunks);
    chunks.flush();
    return file;
  }

  private record Row(
      PhotoId photo, PhotoId described, int number, Judgement judgement, long line, String text) {

    RejectedInput rejected(String source, String reason) {
      return new RejectedInput(
          RejectedInput.Kind.JUDGEMENT, source, OptionalLong.of(line), text, reason);
    }
  }

  private record Place(PhotoId photo, long ordinal) {}

  private final class PairChunks extends RowChunks implements DatasetFiles.JudgementSink {

    private final String source;
    private final List<Row> read = new ArrayList<>();

    PairChunks(String source, TextReading reading) {
      super(ports, reading);
      this.source = source;
    }

    @Override
    public void judgement(
        PhotoId photo, PhotoId described, int number, Judgement judgement, long line, String text) {
      read.add(new Row(photo, described, number, judgement, line, text));
      flushIfFull();
    }

    @Override
    int gathered() {
      return read.size();
    }

    @Override
    void clear() {
      read.clear();
    }

    @Override
    void write() {
      Set<PhotoId> photos = new HashSet<>();
      read.forEach(row -> photos.addAll(List.of(row.photo, row.described)));
      Map<PhotoId, List<Caption>> written =
          captions.of(snapshot, photos).stream().collect(groupingBy(Caption::photo));
      Map<Place, Judgement> known = known(photos);
      List<JudgedPair> pairs = new ArrayList<>();
      for (Row row : read) {
        try {
          JudgedPair pair = pair(row, written);
          note(pair, known);
          pairs.add(pair);
        } catch (UnusableException e) {
          rejected.add(row.rejected(source, e.getMessage()));
        }
      }
      judgements.add(snapshot, pairs);
    }

    private Map<Place, Judgement> known(Set<PhotoId> photos) {
      Map<Place, Judgement> known = new HashMap<>();
      judgements
          .of(snapshot, photos)
          .forEach(pair -> known.put(new Place(pair.photo(), pair.ordinal()), pair.judgement()));
      return known;
    }
  }

  private static JudgedPair pair(Row row, Map<PhotoId, List<Caption>> written)
      throws UnusableException {
    if (!written.containsKey(row.photo)) {
      throw new UnusableException("the photo has no caption in the caption file");
    }
    List<Caption> meant = meant(written.getOrDefault(row.described, List.of()), row.number);
    if (meant.size() != 1) {
      throw new UnusableException(
          (meant.isEmpty() ? "no caption" : "more than one caption")
              + " of the caption file has this id");
    }
    return new JudgedPair(row.photo, row.described, meant.get(0).ordinal(), row.judgement);
  }

  /**
   * @param ofPhoto in dataset order
   */
  private static List<Caption> meant(List<Caption> ofPhoto, int number) {
    return IntStream.range(0, ofPhoto.size())
        .filter(place -> ofPhoto.get(place).number().orElse(place) == number)
        .mapToObj(ofPhoto::get)
        .toList();
  }

  private static void note(JudgedPair pair, Map<Place, Judgement> known) throws UnusableException {
    Place place = new Place(pair.photo(), pair.ordinal());
    Judgement before = known.getOrDefault(place, Judgement.NONE);
    if (before.overlaps(pair.judgement())) {
      throw new UnusableException("a row before has judged this photo with this caption");
    }
    known.put(place, before.and(pair.judgement()));
  }

  /** Why a row cannot be used. */
  private static final class UnusableException extends Exception {

    /** Without stack trace: a file may hold a million bad rows. */
    UnusableException(String reason) {
      super(reason, null, false, false);
    }
  }
}
