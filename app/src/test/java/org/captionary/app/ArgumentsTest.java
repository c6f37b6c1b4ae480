package org.captionary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  private final List<String> seen = new ArrayList<>();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Arguments arguments =
      new Arguments(
          new Commands(Map.of("count", this::count)),
          new PrintStream(errors, true, StandardCharsets.UTF_8));

  private int count(List<String> args) {
    seen.addAll(args);
    return args.size();
  }

  @Test
  void withoutWordsTheServiceRuns() {
    assertThat(arguments.runCommand(List.of())).isEmpty();
  }

  @Test
  void commandGetsTheRestAndGivesTheStatus() {
    assertThat(arguments.runCommand(List.of("count", "photos", "--all"))).hasValue(2);
    assertThat(seen).containsExactly("photos", "--all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuont", "--verbose", "-x", ""})
  void unknownWordsAreNamedWithTheUsage(String word) {
    assertThat(arguments.runCommand(List.of(word))).hasValue(Arguments.WRONG_USAGE);
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .contains(": " + word)
        .contains("Usage: java -jar")
        .contains("count");
  }
}
