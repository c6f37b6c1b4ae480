package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleNumbering.OrdinalCaption;
import org.captionary.domain.training.NumberedCaption.Place;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.junit.jupiter.api.Test;

final class ExampleNumberingTest {

  private static final Optional<Split> TRAIN = Optional.of(new Split("train"));
  private static final Optional<Split> NO_SPLIT = Optional.empty();

  private final ExampleNumbering numbering = new ExampleNumbering(Map.of());

  @Test
  void numbersExamplesAndPhotosOverAllAndWithinTheSplit() {
    assertThat(places("a", TRAIN, true, 3, 5)).containsExactly("0/0 0/0", "2/0 2/0");
    assertThat(places("b", NO_SPLIT, true, 4)).containsExactly("6/1 -");
    assertThat(places("c", TRAIN, true, 2)).containsExactly("9/2 6/1");
    assertThat(places("d", Optional.of(new Split("test")), true, 2)).containsExactly("10/3 0/0");
  }

  @Test
  void givesNoNumberToAPhotoWithoutAFile() {
    assertThat(places("a", TRAIN, false, 3)).containsExactly("- -");
    assertThat(places("b", TRAIN, true, 3)).containsExactly("0/0 0/0");
  }

  @Test
  void givesNoNumberToAPhotoWithoutExamples() {
    places("a", TRAIN, true, 3);
    places("b", TRAIN, true, 1, 0);

    assertThat(places("c", TRAIN, true, 3)).containsExactly("2/1 2/1");
  }

  @Test
  void countsAPhotoOnceThoughSomeCaptionsHaveNoExample() {
    assertThat(places("a", TRAIN, true, 0, 3, 1)).containsExactly("0/0 0/0", "0/0 0/0", "2/0 2/0");
    assertThat(places("b", TRAIN, true, 2)).containsExactly("2/1 2/1");
  }

  @Test
  void goesOnWhereItIsTold() {
    ExampleNumbering later =
        new ExampleNumbering(Map.of(Split.ALL, new Place(100, 9), TRAIN.get(), new Place(7, 2)));

    NumberedCaption numbered = later.number(photo("z", TRAIN, true, 4)).get(0);

    assertThat(numbered.inAll()).contains(new Place(100, 9));
    assertThat(numbered.inSplit()).contains(new Place(7, 2));
  }

  @Test
  void leavesTheMapItWasGivenAlone() {
    Map<Split, Place> given = Map.of(Split.ALL, new Place(1, 1));

    new ExampleNumbering(given).number(photo("a", TRAIN, true, 4));

    assertThat(given).isEqualTo(Map.of(Split.ALL, new Place(1, 1)));
  }

  @Test
  void keepsWhatItIsGiven() {
    Described<OrdinalCaption> photo = photo("a", TRAIN, true, 4);

    NumberedCaption numbered = numbering.number(photo).get(0);

    assertThat(numbered.photo()).isEqualTo(photo.photo());
    assertThat(numbered.split()).isEqualTo(TRAIN);
    assertThat(numbered.content()).isEqualTo(photo.content());
    assertThat(numbered.caption().length()).isEqualTo(4);
    assertThat(numbered.examples()).isEqualTo(3);
  }

  private List<String> places(String id, Optional<Split> split, boolean file, int... lengths) {
    return numbering.number(photo(id, split, file, lengths)).stream()
        .map(c -> shown(c.inAll()) + " " + shown(c.inSplit()))
        .toList();
  }

  private static String shown(Optional<Place> place) {
    return place.map(p -> p.firstExample() + "/" + p.photo()).orElse("-");
  }

  private static Described<OrdinalCaption> photo(
      String id, Optional<Split> split, boolean file, int... lengths) {
    List<OrdinalCaption> captions = new ArrayList<>();
    for (int length : lengths) {
      int[] words = new int[length];
      Arrays.fill(words, 1);
      captions.add(new OrdinalCaption(captions.size(), new EncodedCaption(words)));
    }
    Optional<ContentHash> content =
        file ? Optional.of(ContentHash.of(id.getBytes(StandardCharsets.UTF_8))) : Optional.empty();
    return new Described<>(new PhotoId(id), split, content, 0, captions);
  }
}
