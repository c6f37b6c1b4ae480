package org.captionary.inference.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Resize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against what Pillow 13.0.0 gave; .ci/check-pixels.sh compares far more with Pillow itself. */
class ResamplingTest {

  /**
   * Larger, smaller, and tall, where Pillow 13 resizes columns first: the pixels at column 57 of
   * row 100 and at the beginning of the last row, and the CRC-32 of all.
   */
  @ParameterizedTest
  @CsvSource({
    "7, 5, NEAREST, 9d07ff, ec0c54, e835e9a7",
    "7, 5, BILINEAR, 990799, ec0c54, bf6cd24c",
    "7, 5, BICUBIC, 9e07a8, ff0c32, a526f09a",
    "7, 5, LANCZOS, 9c07aa, ff0d18, b94b6e32",
    "7, 5, BOX, 9d07ff, ec0c54, e835e9a7",
    "7, 5, HAMMING, 9d07d0, ec0c54, 3ad68f50",
    "300, 200, NEAREST, 6934a4, dd5513, 3e6fd5d4",
    "300, 200, BILINEAR, ab68ba, d75547, 11f812a2",
    "300, 200, BICUBIC, ab68be, da5541, 58971015",
    "300, 200, LANCZOS, ab67bf, db5541, 5d43feca",
    "300, 200, BOX, aa68cf, dd5513, bb786a15",
    "300, 200, HAMMING, aa66c9, da552e, 17305560",
    "200, 601, NEAREST, f55096, 0d05e3, 6bfc2750",
    "200, 601, BILINEAR, a069a4, 581a90, c9ad1132",
    "200, 601, BICUBIC, a75da2, 590a8c, f0642088",
    "200, 601, LANCZOS, ae5aa5, 5e0588, 90bec85a",
    "200, 601, BOX, a05096, 62058e, d5755a64",
    "200, 601, HAMMING, ad5495, 4c0a99, 8d3d9c20",
    "1001, 37, NEAREST, b03050, de709e, fff12860",
    "1001, 37, BILINEAR, 7f337c, 8373ae, 3807ad0a",
    "1001, 37, BICUBIC, 7f307a, 8270af, f09a1d7c",
    "1001, 37, LANCZOS, 7f307b, 816eb0, 9f7f8d0a",
    "1001, 37, BOX, 8b3293, 7a70b4, 2affa16f",
    "1001, 37, HAMMING, 8b3280, 8571a9, 7e4c4e5d"
  })
  void givesPillowsBytes(
      int width, int height, Resize resize, String middle, String corner, String all) {
    byte[] rgb = resized(new FormulaPicture(width, height), resize).rgb();

    assertThat(hex(rgb, 57, 100)).isEqualTo(middle);
    assertThat(hex(rgb, 0, 223)).isEqualTo(corner);
    CRC32 sum = new CRC32();
    sum.update(rgb);
    assertThat(sum.getValue()).isEqualTo(Long.parseLong(all, 16));
  }

  @ParameterizedTest
  @EnumSource
  void leavesAPictureOfTheTargetsSizeAsItIs(Resize resize) {
    FormulaPicture picture = new FormulaPicture(Pixels.WIDTH, Pixels.HEIGHT);
    byte[] rgb = new byte[Pixels.LENGTH];
    picture.read(0, 0, Pixels.WIDTH, Pixels.HEIGHT, rgb, 0);

    assertThat(resized(picture, resize).rgb()).isEqualTo(rgb);
  }

  /** One row or column of more pixels than weights may be held for: what counts is that it ends. */
  @ParameterizedTest
  @CsvSource({"3000000, 1", "1, 3000000"})
  void resizesTheLongestOfPictures(int width, int height) {
    byte[] rgb = resized(new FormulaPicture(width, height), Resize.LANCZOS).rgb();

    assertThat(rgb[3 * 57] & 0xff).isBetween(110, 145); // the mean of all values
  }

  private static Pixels resized(RgbSource source, Resize resize) {
    return resize == Resize.NEAREST
        ? NearestNeighbour.resize(source)
        : Resampling.resize(source, resize);
  }

  private static String hex(byte[] rgb, int x, int y) {
    int at = 3 * (y * Pixels.WIDTH + x);
    return HexFormat.of().formatHex(Arrays.copyOfRange(rgb, at, at + 3));
  }
}
