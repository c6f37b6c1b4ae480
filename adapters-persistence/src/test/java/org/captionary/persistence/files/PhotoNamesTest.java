package org.captionary.persistence.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.captionary.domain.photo.PhotoId;
import org.junit.jupiter.api.Test;

class PhotoNamesTest {

  @Test
  void ordersByCodePointAsPhotoIds() {
    List<String> names = List.of("a", "a!", "aa", "b", "é", "\uE000", "\uFFFD", "😀", "😁");
    List<String> shuffled = new ArrayList<>(names);
    Collections.reverse(shuffled);
    shuffled.sort(PhotoNames.ORDER);
    assertThat(shuffled).isEqualTo(names);
    assertThat(names.stream().map(PhotoId::new).sorted().map(PhotoId::value)).isEqualTo(names);
  }

  @Test
  void anIdEndsAtTheFirstDot() throws BadRowException {
    assertThat(PhotoNames.id(" 12_ab.jpg.1\t")).isEqualTo(new PhotoId("12_ab"));
    assertThat(PhotoNames.id("12_ab")).isEqualTo(new PhotoId("12_ab"));
  }

  @Test
  void aNameWithoutIdIsRefused() {
    for (String name : List.of("", " ", ".jpg", " .jpg")) {
      assertThatThrownBy(() -> PhotoNames.id(name))
          .isInstanceOf(BadRowException.class)
          .hasMessage("the row names no photo: nothing stands before the first dot");
    }
  }

  @Test
  void anIdLongerThanAFileNameIsRefused() throws BadRowException {
    assertThat(PhotoNames.id("é".repeat(127) + "x.jpg").value()).hasSize(128);
    assertThatThrownBy(() -> PhotoNames.id("é".repeat(128) + ".jpg"))
        .hasMessage("the photo's name is longer than 255 bytes");
  }
}
