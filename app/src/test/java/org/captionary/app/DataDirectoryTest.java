package org.captionary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path temporary;

  @Test
  void newDirectoryIsForThisUserAlone() throws IOException {
    Path directory = DataDirectory.open(temporary.resolve("a/b"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void fileInItsPlaceIsNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("CAPTIONARY_DATA_DIR");
  }

  @Test
  void directoryThatCannotBeWrittenIsNamed() {
    // No user, root included, may make a file there.
    Path readOnly = Path.of("/proc/self/captionary");
    assertThatThrownBy(() -> DataDirectory.open(readOnly))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(readOnly.toString());
  }

  @Test
  void isTheConfiguredOne() throws IOException {
    Path wanted = temporary.resolve("configured");
    assertThat(DataDirectory.open(config(wanted.toString()))).isEqualTo(wanted.toRealPath());
  }

  @Test
  void noPathAtAllIsRefusedByItsKey() {
    Config config = config("a\0b");
    assertThatThrownBy(() -> DataDirectory.open(config))
        .isInstanceOf(StartupException.class)
        .hasMessage("captionary.data-dir is not a path: a\0b");
  }

  private static Config config(String directory) {
    return new SmallRyeConfigBuilder().withDefaultValue("captionary.data-dir", directory).build();
  }
}
