package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitTest {

  @Test
  void takesLowerCaseNames() {
    assertThat(new Split("train-2_b").isAll()).isFalse();
    assertThat(new Split("all").isAll()).isTrue();
    assertThat(new Split("x".repeat(64)).name()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Train", "a b", "tr\u00e4in", "a.b", "train\n"})
  void refusesOtherNames(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Split(name));
  }

  @Test
  void refusesALongerName() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Split("x".repeat(65)));
  }
}
