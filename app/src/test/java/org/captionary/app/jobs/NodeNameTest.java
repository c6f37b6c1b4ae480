package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {

  private static final String PROCESS = "-" + ProcessHandle.current().pid();

  @Test
  void isAsConfigured() {
    assertThat(new NodeName(Optional.of(" north ")).value()).isEqualTo("north");
    assertThat(new NodeName(Optional.of("n".repeat(50))).value()).hasSize(50);
  }

  @Test
  void isHostAndProcessByDefault() {
    assertThat(new NodeName(Optional.empty()).value())
        .endsWith(PROCESS)
        .hasSizeGreaterThan(PROCESS.length());
    assertThat(NodeName.ofProcess("h".repeat(200))).hasSize(50).startsWith("hhh").endsWith(PROCESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", "nørd", "a\tb"})
  void namesThatCannotBeAreRefused(String name) {
    assertThatThrownBy(() -> new NodeName(Optional.of(name)))
        .hasMessage(
            "captionary.node: "
                + name
                + " is not allowed; allowed: 1 to 50 characters of printable ASCII");
  }
}
