package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotoIdTest {

  @ParameterizedTest
  @CsvSource({
    "990890291_afc72be141.jpg, 990890291_afc72be141",
    "2258277193_586949ec62.jpg.1, 2258277193_586949ec62",
    "plain, plain",
    "two words.jpeg, two words"
  })
  void isTheFileNameUpToItsFirstDot(String fileName, String id) {
    assertThat(PhotoId.ofFileName(fileName).value()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".jpg", "\t.jpg", "a\0b.jpg", "\uD83D.jpg", "x\uDE00\uD83D"})
  void refusesAFileNameWithoutAUsableId(String fileName) {
    assertThatIllegalArgumentException().isThrownBy(() -> PhotoId.ofFileName(fileName));
  }

  @Test
  void refusesADotInTheIdItself() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PhotoId("a.jpg"));
  }

  @Test
  void isOrderedByCodePointAndNotByUtf16Unit() {
    List<PhotoId> ordered =
        Stream.of(
                "",
                "A",
                "B",
                "_",
                "a",
                "a-",
                "aB",
                "ab",
                "\u00e9",
                "\uD7FF",
                "\uE000",
                "\uFF5E",
                "\uFFFD",
                "\uD800\uDC00",
                "\uD83D\uDE00",
                "\uD83D\uDE00a",
                "\uD83D\uDE00\uFF5E",
                "\uD83D\uDE00\uD800\uDC00",
                "\uD83D\uDE01",
                "\uD83E\uDD00")
            .map(name -> new PhotoId("p" + name))
            .toList();

    List<PhotoId> sorted = new ArrayList<>(ordered);
    Collections.reverse(sorted);
    Collections.sort(sorted);
    assertThat(sorted).isEqualTo(ordered);
    for (PhotoId a : ordered) {
      for (PhotoId b : ordered) {
        int byBytes = Arrays.compareUnsigned(utf8(a), utf8(b));
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(byBytes));
      }
    }
  }

  private static byte[] utf8(PhotoId id) {
    return id.value().getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"b, a, b", "b, az, b0", "10, 1, 10", "v/1, v/0, v/1", "v/, u/9, v/1"})
  void lastBeforeATextStandsBetweenWhatIsSmallerAndWhatIsNot(
      String text, String smaller, String next) {
    PhotoId last = PhotoId.lastBefore(text).orElseThrow();
    assertThat(last).isGreaterThan(new PhotoId(smaller)).isLessThan(new PhotoId(next));
  }

  @Test
  void nothingIsBeforeTheEmptyText() {
    assertThat(PhotoId.lastBefore("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.j", "a\0", "\u0001", "x\uD83D"})
  void refusesToLookForWhatNoIdBeginsWith(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PhotoId.lastBefore(text));
  }
}
