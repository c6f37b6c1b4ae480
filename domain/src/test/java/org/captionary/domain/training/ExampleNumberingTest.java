package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto.Place;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.junit.jupiter.api.Test;

final class ExampleNumberingTest {

  private static final Optional<Split> TRAIN = Optional.of(new Split("train"));
  private static final Optional<Split> NO_SPLIT = Optional.empty();

  private final ExampleNumbering numbering = new ExampleNumbering(ExampleTotals.NONE);

  @Test
  void numbersOverAllAndWithinTheSplit() {
    assertThat(places("a", TRAIN, true, 3, 5)).isEqualTo("0/0/0/0 0/0/0/0");
    assertThat(places("b", NO_SPLIT, true, 4)).isEqualTo("1/1/2/6 -");
    assertThat(places("c", TRAIN, true, 2)).isEqualTo("2/2/3/9 1/1/2/6");
    assertThat(places("d", Optional.of(new Split("test")), true, 2)).isEqualTo("3/3/4/10 0/0/0/0");
  }

  @Test
  void givesNoNumberToAPhotoWithoutAFile() {
    assertThat(places("a", TRAIN, false, 3)).isEqualTo("- -");
    assertThat(places("b", TRAIN, true, 3)).isEqualTo("0/0/0/0 0/0/0/0");
  }

  @Test
  void countsAPhotoWithoutExamplesAmongPhotosAndCaptionsAlone() {
    places("a", TRAIN, true, 3);
    assertThat(places("b", TRAIN, true, 1, 0)).isEqualTo("1/1/1/2 1/1/1/2");

    assertThat(places("c", TRAIN, true, 3)).isEqualTo("2/1/3/2 2/1/3/2");
  }

  @Test
  void goesOnWhereItIsTold() {
    ExampleTotals before =
        ExampleTotals.read(List.of("all", "9 8 70 100 0:70", "train", "2 2 5 7 1:5"));
    ExampleNumbering later = new ExampleNumbering(before);

    EncodedPhoto numbered = later.number(photo("z", TRAIN, true, 4));

    assertThat(numbered.inAll()).contains(new Place(9, 8, 70, 100));
    assertThat(numbered.inSplit()).contains(new Place(2, 2, 5, 7));
  }

  @Test
  void keepsWhatItIsGiven() {
    Described<EncodedCaption> photo = photo("a", TRAIN, true, 4, 1);

    EncodedPhoto numbered = numbering.number(photo);

    assertThat(numbered.photo()).isEqualTo(photo.photo());
    assertThat(numbered.split()).isEqualTo(TRAIN);
    assertThat(numbered.content()).isEqualTo(photo.content());
    assertThat(numbered.captions()).isEqualTo(photo.captions());
    assertThat(numbered.examples()).isEqualTo(3);
  }

  private String places(String id, Optional<Split> split, boolean file, int... lengths) {
    EncodedPhoto numbered = numbering.number(photo(id, split, file, lengths));
    return shown(numbered.inAll()) + " " + shown(numbered.inSplit());
  }

  private static String shown(Optional<Place> place) {
    return place
        .map(p -> p.photo() + "/" + p.photoWithExamples() + "/" + p.caption() + "/" + p.example())
        .orElse("-");
  }

  private static Described<EncodedCaption> photo(
      String id, Optional<Split> split, boolean file, int... lengths) {
    List<EncodedCaption> captions = new ArrayList<>();
    for (int length : lengths) {
      int[] words = new int[length];
      Arrays.fill(words, 1);
      captions.add(new EncodedCaption(words));
    }
    Optional<ContentHash> content =
        file ? Optional.of(ContentHash.of(id.getBytes(StandardCharsets.UTF_8))) : Optional.empty();
    return new Described<>(new PhotoId(id), split, content, 0, captions);
  }
}
