package org.captionary.persistence.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.captionary.domain.photo.PhotoId;
import org.junit.jupiter.api.Test;

class ImageIndexTest {

  private final ImageIndex index = new ImageIndex();

  @Test
  void findsEachOfManyImages() throws BadRowException {
    for (int i = 0; i < 100_000; i++) {
      assertThat(index.add("" + i * 7, photo(i))).isTrue();
    }
    for (int i = 0; i < 100_000; i++) {
      assertThat(index.find("" + i * 7)).contains(photo(i));
      assertThat(index.find(i * 7 + "x")).isEmpty();
    }
  }

  @Test
  void keepsTheFirstPhotoOfAKey() throws BadRowException {
    assertThat(index.add("k", photo(1))).isTrue();
    assertThat(index.add("k", photo(1))).isTrue();
    assertThat(index.add("k", photo(2))).isFalse();
    assertThat(index.find("k")).contains(photo(1));
  }

  @Test
  void takesTheLongestTexts() throws BadRowException {
    String longest = "\u00e9".repeat(127) + "x";
    for (int i = 0; i < 10_000; i++) {
      assertThat(index.add(i + longest.substring(10), new PhotoId(longest))).isTrue();
    }
    assertThat(index.find(77 + longest.substring(10))).contains(new PhotoId(longest));
    assertThat(index.find(longest + longest)).isEmpty();
    assertThatThrownBy(() -> index.add(longest + "y", photo(1)))
        .hasMessage("the image's id is longer than 255 bytes");
  }

  private static PhotoId photo(int i) {
    return new PhotoId("val2014/photo \u6728 " + i);
  }
}
