package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.captionary.app.StartupException;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

  private static final String LONG_ENOUGH = "0123456789abcdef";

  @TempDir Path data;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void firstStartShowsBothTokensAndWhereTheyAreKept() throws IOException {
    AccessTokens tokens = open(Map.of());
    for (String role : new String[] {"admin", "trainer"}) {
      Path file = data.resolve("tokens").resolve(role);
      String token = Files.readString(file).strip();
      assertThat(tokens.roleOf(token)).contains(role);
      assertThat(shown()).containsOnlyOnce(token).contains(file.toString());
    }
  }

  @Test
  void tokensMadeAreLongAndDifferent() throws IOException {
    open(Map.of());
    String admin = Files.readString(data.resolve("tokens/admin")).strip();
    assertThat(admin).hasSize(43).isNotEqualTo(Files.readString(data.resolve("tokens/trainer")));
  }

  @Test
  void laterStartsShowNothingAndTakeTheSameTokens() throws IOException {
    open(Map.of());
    shown.reset();
    AccessTokens again = open(Map.of());
    assertThat(shown()).isEmpty();
    assertThat(again.roleOf(Files.readString(data.resolve("tokens/admin")).strip()))
        .contains("admin");
  }

  @Test
  void onlyThisUserReadsTheFiles() throws IOException {
    open(Map.of());
    assertThat(mode("tokens")).isEqualTo("rwx------");
    assertThat(mode("tokens/admin")).isEqualTo("rw-------");
    assertThat(mode("tokens/trainer")).isEqualTo("rw-------");
  }

  @Test
  void configuredTokensAreTakenAndNeverWritten() {
    AccessTokens tokens =
        open(
            Map.of(
                "captionary.admin-token",
                LONG_ENOUGH,
                "captionary.trainer-token",
                "x" + LONG_ENOUGH));
    assertThat(tokens.roleOf(LONG_ENOUGH)).contains("admin");
    assertThat(tokens.roleOf("x" + LONG_ENOUGH)).contains("trainer");
    assertThat(tokens.roleOf(LONG_ENOUGH + "x")).isEmpty();
    assertThat(data.resolve("tokens")).doesNotExist();
    assertThat(shown()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "fifteen-letters",
        "white space inside",
        "tab\tinside-this-one",
        "not-ascii-ééééééé"
      })
  void badTokensAreRefusedByTheirKeyAndNotShown(String bad) {
    assertThatThrownBy(() -> open(Map.of("captionary.trainer-token", bad)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("captionary.trainer-token")
        .satisfies(e -> assertThat(bad.isBlank() || !e.getMessage().contains(bad)).isTrue());
  }

  @Test
  void equalTokensAreRefused() {
    assertThatThrownBy(
            () ->
                open(
                    Map.of(
                        "captionary.admin-token", LONG_ENOUGH,
                        "captionary.trainer-token", LONG_ENOUGH)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("are equal")
        .hasMessageNotContaining(LONG_ENOUGH);
  }

  @Test
  void emptiedTokenFileIsRefusedByItsPath() throws IOException {
    open(Map.of());
    Path file = Files.writeString(data.resolve("tokens/admin"), "\n");
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.toString());
  }

  private AccessTokens open(Map<String, String> settings) {
    Config config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    return AccessTokens.open(config, data, new PrintStream(shown, true, StandardCharsets.UTF_8));
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(path)));
  }
}
