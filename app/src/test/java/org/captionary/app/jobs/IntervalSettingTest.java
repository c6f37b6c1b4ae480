package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IntervalSettingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1s|0/1 * * * * ?",
        " 30s |0/30 * * * * ?",
        "20|0/20 * * * * ?",
        "60s|0 0/1 * * * ?",
        "5m|0 0/5 * * * ?",
        "30m|0 0/30 * * * ?",
        "1h|0 0 * * * ?"
      })
  void isACronExpression(String interval, String expression) {
    assertThat(new IntervalSetting("k", interval).expression()).isEqualTo(expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0s",
        "-30s",
        "500ms",
        "7s",
        "90s",
        "7m",
        "61s",
        "2h",
        "often",
        "999999999999d"
      })
  void othersAreRefused(String interval) {
    assertThatThrownBy(() -> new IntervalSetting("k", interval).expression())
        .hasMessage(
            "k: %s is not allowed; allowed: 1s to 1h that divide a minute or an hour, such as 30s or 5m",
            interval);
  }
}
