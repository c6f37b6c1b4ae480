package org.captionary.app.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoTypeTest {

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "\u00ff\u00d8\u00ff, image/jpeg, jpg",
    "\u0089PNG, image/png, png",
    "GIF89a, image/gif, gif",
    "BM6, image/bmp, bmp",
    "RIFF1234WEBP, image/webp, webp"
  })
  void isToldByTheFirstBytes(String begin, String mediaType, String ending) {
    PhotoType type = PhotoType.of(bytes(begin)).orElseThrow();
    assertThat(type.mediaType()).isEqualTo(mediaType);
    assertThat(type.ending()).isEqualTo(ending);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "<svg xmlns", "RIFF1234WAVE", "\u00ff", "P"})
  void whatIsNoneOfThemHasNoType(String begin) {
    assertThat(PhotoType.of(bytes(begin))).isEmpty();
  }

  @Test
  void anEmptyFileHasNoType() {
    assertThat(PhotoType.of(new byte[0])).isEmpty();
  }
}
