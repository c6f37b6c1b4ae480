package org.captionary.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.captionary.app.StartupException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresProgramsTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz",
    "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz"
  })
  void archiveOfEachPlatformIsThere(String osName, String osArch, String archive) {
    assertThat(PostgresPrograms.archiveName(osName, osArch)).isEqualTo(archive);
    assertThat(PostgresPrograms.class.getClassLoader().getResource(archive)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "Linux, riscv64"})
  void otherPlatformsNeedADatabaseOfTheirOwn(String osName, String osArch) {
    assertThatThrownBy(() -> PostgresPrograms.archiveName(osName, osArch))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("QUARKUS_DATASOURCE_JDBC_URL");
  }
}
