package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.NotAcceptableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedEncodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json                                        | JSON",
        "application/x-npz                                       | NPZ",
        "APPLICATION/X-NPZ                                       | NPZ",
        "*/*                                                     | JSON",
        "*                                                       | JSON",
        "application/*                                           | JSON",
        "application/*, application/x-npz;q=0.1                  | JSON",
        "application/json;q=0.5, application/x-npz               | NPZ",
        "application/json; q=0, */*                              | NPZ",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2    | JSON",
        "text/html, application/x-npz;version=1;q=0.9, */*;q=0.1 | NPZ"
      })
  void choosesTheMostWelcome(String accept, BatchEncoding expected) {
    assertThat(AcceptedEncoding.of(List.of(accept))).isEqualTo(expected);
  }

  @Test
  void isJsonUnlessAskedOtherwise() {
    assertThat(AcceptedEncoding.of(List.of())).isEqualTo(BatchEncoding.JSON);
  }

  @Test
  void readsSeveralHeadersAsOne() {
    assertThat(AcceptedEncoding.of(List.of("application/json;q=0.1", "application/x-npz")))
        .isEqualTo(BatchEncoding.NPZ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json;q=0", "nonsense", "", "*/*;q=x"})
  void refusesWhatItCannotGive(String accept) {
    assertThatThrownBy(() -> AcceptedEncoding.of(List.of(accept)))
        .isInstanceOf(NotAcceptableException.class);
  }
}
