package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.EncodedPhoto.Place;
import org.captionary.domain.training.ExampleRepository.LengthRank;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * Which servable captions have how many examples: for each split and each count the numbers of the
 * captions, {@value #RUN} to a row. It takes 4 bytes a caption and split.
 */
@ApplicationScoped
@Transactional
class CaptionRunTable {

  private static final int RUN = 256;

  private final Sql sql;

  CaptionRunTable(Sql sql) {
    this.sql = sql;
  }

  private record Kind(Split split, int examples) {}

  /** Adds the captions of photos that stand behind others. */
  void add(PreparationKey preparation, List<EncodedPhoto> photos, ExampleTotals before) {
    Map<Kind, List<Integer>> captions = new HashMap<>();
    for (EncodedPhoto photo : photos) {
      photo.inAll().ifPresent(place -> collect(captions, Split.ALL, photo, place));
      photo
          .inSplit()
          .ifPresent(place -> collect(captions, photo.split().orElseThrow(), photo, place));
    }
    sql.copy(
        "caption_run (preparation_key, split, examples, first_rank, captions)",
        copy ->
            captions.forEach((kind, numbers) -> write(preparation, kind, numbers, before, copy)));
  }

  private static void collect(
      Map<Kind, List<Integer>> captions, Split split, EncodedPhoto photo, Place place) {
    int number = Math.toIntExact(place.caption());
    for (EncodedCaption caption : photo.captions()) {
      captions
          .computeIfAbsent(new Kind(split, EncodedPhoto.examples(caption)), k -> new ArrayList<>())
          .add(number++);
    }
  }

  private static void write(
      PreparationKey preparation,
      Kind kind,
      List<Integer> numbers,
      ExampleTotals before,
      BinaryCopy copy) {
    long rank = before.captions(kind.split(), kind.examples());
    for (int from = 0; from < numbers.size(); from += RUN) {
      List<Integer> run = numbers.subList(from, Math.min(from + RUN, numbers.size()));
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * run.size());
      run.forEach(bytes::putInt);
      copy.row(
          preparation.value(), kind.split().name(), kind.examples(), rank + from, bytes.array());
    }
  }

  /** For each split, and for all, how many captions have so many examples. */
  Map<Split, Map<Integer, Long>> captionsByExamples(PreparationKey preparation) {
    Map<Split, Map<Integer, Long>> counts = new HashMap<>();
    sql.forEach(
        "SELECT split, examples, sum(octet_length(captions) / 4) AS captions FROM caption_run"
            + " WHERE preparation_key = ? GROUP BY split, examples",
        row ->
            counts
                .computeIfAbsent(new Split(row.getString("split")), s -> new TreeMap<>())
                .put(row.getInt("examples"), row.getLong("captions")),
        ignored -> {},
        preparation.value());
    return counts;
  }

  /** The number of each caption, in the order asked for; -1 where it is missing. */
  long[] numbers(PreparationKey preparation, Split split, List<LengthRank> captions) {
    long[] numbers = new long[captions.size()];
    Arrays.fill(numbers, -1);
    sql.forEach(
        "SELECT wanted.place, substring(run.captions FROM (4 * (wanted.rank - first_rank) + 1)::int"
            + " FOR 4) AS number FROM unnest(?::int[], ?::bigint[]) WITH ORDINALITY"
            + " AS wanted (examples, rank, place) CROSS JOIN LATERAL (SELECT * FROM caption_run"
            + " WHERE preparation_key = ? AND split = ? AND examples = wanted.examples"
            + " AND first_rank <= wanted.rank ORDER BY first_rank DESC LIMIT 1) AS run",
        row -> numbers[row.getInt("place") - 1] = number(row.getBytes("number")),
        ignored -> {},
        captions.stream().map(LengthRank::examples).toArray(Integer[]::new),
        captions.stream().map(LengthRank::rank).toArray(Long[]::new),
        preparation.value(),
        split.name());
    return numbers;
  }

  /** Empty behind the end of a run: the one that holds the rank is missing. */
  private static long number(byte[] bytes) {
    return bytes.length == Integer.BYTES ? ByteBuffer.wrap(bytes).getInt() : -1;
  }
}
