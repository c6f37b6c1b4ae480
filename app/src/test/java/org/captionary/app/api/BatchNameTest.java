package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.captionary.app.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchNameTest {

  @Test
  void isANumberAndPerhapsASuffix() {
    assertThat(BatchName.parse("0")).isEqualTo(new BatchName(0, Optional.empty()));
    assertThat(BatchName.parse("17.npz"))
        .isEqualTo(new BatchName(17, Optional.of(BatchEncoding.NPZ)));
    assertThat(BatchName.parse("999999999999999999.json"))
        .isEqualTo(new BatchName(999_999_999_999_999_999L, Optional.of(BatchEncoding.JSON)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".npz",
        "-1",
        "+1",
        "1.0",
        "1.NPZ",
        "1.zip",
        "1.npz ",
        " 1",
        "1.npz.npz",
        "1.",
        "\u0661",
        "1000000000000000000"
      })
  void refusesAllElse(String text) {
    assertThatThrownBy(() -> BatchName.parse(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(400);
              assertThat(e.problem().field()).isEqualTo("n");
              assertThat(e.problem().value()).isEqualTo(text);
              assertThat(e.problem().allowed()).singleElement().asString().contains(".json, .npz");
            });
  }
}
