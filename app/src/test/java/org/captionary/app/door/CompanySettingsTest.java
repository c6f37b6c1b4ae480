package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompanySettingsTest {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "captionary.jwt.roles-claim", "roles",
          "captionary.jwt.admin-role", "captionary-admin",
          "captionary.jwt.trainer-role", "captionary-trainer");

  private static final Map<String, String> WHOLE =
      Map.of(
          "captionary.jwt.issuer", "https://id.example.com",
          "captionary.jwt.audience", "captionary",
          "captionary.jwt.key", "https://id.example.com/keys");

  @TempDir Path folder;

  private static Optional<CompanySettings> read(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(DEFAULTS);
    all.putAll(given);
    return CompanySettings.read(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(all, "test", 100))
            .build());
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> changed = new HashMap<>(WHOLE);
    changed.put("captionary.jwt." + key, value);
    return changed;
  }

  @Test
  void isOffByDefault() {
    assertThat(read(Map.of())).isEmpty();
    assertThat(read(Map.of("captionary.jwt.issuer", " "))).isEmpty();
  }

  @Test
  void readsTheWhole() {
    assertThat(read(WHOLE))
        .contains(
            new CompanySettings(
                "https://id.example.com",
                "captionary",
                "https://id.example.com/keys",
                Optional.empty(),
                "roles",
                "captionary-admin",
                "captionary-trainer"));
  }

  @Test
  void filesAreNamedByTheirPath() throws IOException {
    Path file = Files.writeString(folder.resolve("key.pem"), "");
    assertThat(read(with("key", file.toString())).orElseThrow().key()).isEqualTo("file:" + file);
    assertThat(read(with("trusted-certificate", file.toString())).orElseThrow().certificate())
        .contains("file:" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"issuer", "audience", "key"})
  void aPartIsRefusedByWhatIsMissing(String missing) {
    assertThatThrownBy(() -> read(with(missing, "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("captionary.jwt." + missing + ": null is not allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://id.example.com/keys", "/no/such/file", "a\0b"})
  void keysThatCannotBeTrustedOrReadAreRefused(String key) {
    assertThatThrownBy(() -> read(with("key", key)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("captionary.jwt.key: " + key);
  }
}
