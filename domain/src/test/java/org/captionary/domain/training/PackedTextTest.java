package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleRepository.LengthRank;
import org.junit.jupiter.api.Test;

/** What is packed says the same as the repository. */
final class PackedTextTest {

  private static final List<Split> SPLITS = List.of(new Split("dev"), new Split("train"));
  private static final int MOST_WORDS = 300;

  private final SplittableRandom random = new SplittableRandom(11);
  private final SmallPreparation preparation = new SmallPreparation();
  private TrainingSet set;
  private PackedText packed;

  private void fill(int photos) {
    for (int photo = 0; photo < photos; photo++) {
      List<int[]> captions = new ArrayList<>();
      for (int caption = random.nextInt(4); caption > 0; caption--) {
        captions.add(caption());
      }
      int split = random.nextInt(3);
      preparation.photo(
          String.format("\u00e9%05d", photo),
          split == 2 ? Optional.empty() : Optional.of(SPLITS.get(split)),
          random.nextInt(5) > 0,
          captions);
    }
    set = preparation.trainingSet(1_000, MOST_WORDS);
    packed = new PackedText();
    preparation.examples().photosAfter(set.key(), Optional.empty(), photos).forEach(packed::add);
  }

  /** Often empty, of one word, or of many; words of one, two and five bytes. */
  private int[] caption() {
    int length = random.nextInt(3) == 0 ? random.nextInt(MOST_WORDS) : random.nextInt(3);
    int[] words = new int[length];
    for (int word = 0; word < length; word++) {
      words[word] = Math.max(1, random.nextInt() >>> random.nextInt(1, 32));
    }
    return words;
  }

  @Test
  void findsEachUnitOfEachSplit() {
    fill(300);
    for (Split split : set.figures().keySet()) {
      for (Unit unit : Unit.values()) {
        long count = set.figures(split).count(unit);
        long[] all = LongStream.range(0, count).toArray();
        List<EncodedPhoto> expected = preparation.examples().holding(set.key(), split, unit, all);
        assertThat(LongStream.of(all).mapToObj(n -> packed.holding(split, unit, n)).distinct())
            .containsExactlyElementsOf(expected);
      }
    }
  }

  @Test
  void givesWhatLiesBetween() {
    fill(120);
    for (int i = 0; i < 2_000; i++) {
      Split split = pick(new ArrayList<>(set.figures().keySet()));
      Unit unit = pick(List.of(Unit.values()));
      long count = set.figures(split).count(unit);
      long from = random.nextLong(count);
      long to = from + random.nextLong(Math.min(40, count - from) + 1);
      assertThat(packed.between(split, unit, from, to))
          .isEqualTo(preparation.examples().between(set.key(), split, unit, from, to));
    }
  }

  @Test
  void numbersCaptionsByTheirLength() {
    fill(200);
    for (Split split : set.figures().keySet()) {
      set.figures(split)
          .captionsByExamples()
          .forEach(
              (examples, count) -> {
                List<LengthRank> all =
                    LongStream.range(0, count).mapToObj(r -> new LengthRank(examples, r)).toList();
                assertThat(all.stream().mapToLong(one -> packed.captionNumber(split, one)))
                    .containsExactlyElementsOf(
                        LongStream.of(preparation.examples().captionNumbers(set.key(), split, all))
                            .boxed()
                            .toList());
              });
    }
  }

  /** Chunks have 256 KiB. */
  @Test
  void growsOverManyChunks() {
    fill(3_000);
    assertThat(packed.bytes()).isGreaterThan(1 << 19);
    long last = set.figures(Split.ALL).count(Unit.CAPTION) - 1;
    assertThat(packed.holding(Split.ALL, Unit.CAPTION, last))
        .isEqualTo(
            preparation
                .examples()
                .holding(set.key(), Split.ALL, Unit.CAPTION, new long[] {last})
                .get(0));
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
