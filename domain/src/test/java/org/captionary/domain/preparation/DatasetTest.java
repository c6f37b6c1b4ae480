package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetTest {

  private static final Path PATH = Path.of("/data/x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flickr8k",
        "A",
        "0.1_b-C",
        "x23456789012345678901234567890123456789012345678901234567890123"
      })
  void takesOrdinaryNames(String name) {
    assertThat(dataset(name, Map.of("train", PATH)).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        ".hidden",
        "-x",
        "_x",
        "a b",
        "a/b",
        "..",
        "\u00e4",
        "a\n",
        "x2345678901234567890123456789012345678901234567890123456789012345"
      })
  void refusesOtherNames(String name) {
    refused("name", name, name, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "Train", "", "a b", "a.b"})
  void refusesSplitsOfOtherNames(String split) {
    refused("splits." + split, PATH, "d", Map.of(split, PATH));
  }

  private static void refused(String field, Object value, String name, Map<String, Path> splits) {
    assertThatThrownBy(() -> dataset(name, splits))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.value()).isEqualTo(value);
            });
  }

  private static Dataset dataset(String name, Map<String, Path> splits) {
    return new Dataset(name, "flickr8k", PATH, PATH, splits);
  }
}
