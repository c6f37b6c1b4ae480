package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignInsTest {

  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";

  private final ManualClock clock = new ManualClock();
  private final SignIns signIns = new SignIns("3", clock);

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      signIns.failed(address);
    }
  }

  @Test
  void limitsTheAddressThatFailedSoOften() {
    fail(A, 2);
    assertThat(signIns.isLimited(A)).isFalse();
    fail(A, 1);
    assertThat(signIns.isLimited(A)).isTrue();
    assertThat(signIns.isLimited(B)).isFalse();
  }

  @Test
  void listensAgainAMinuteAfterTheFirst() {
    fail(A, 1);
    clock.advance(Duration.ofSeconds(30));
    fail(A, 9);
    clock.advance(Duration.ofSeconds(29));
    assertThat(signIns.isLimited(A)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(signIns.isLimited(A)).isFalse();
    fail(A, 2);
    assertThat(signIns.isLimited(A)).isFalse();
  }

  @Test
  void anIpv6NetworkIsOneAddress() {
    fail("2001:db8:1:2:3:4:5:6", 2);
    fail("2001:db8:1:2::1", 1);
    assertThat(signIns.isLimited("2001:db8:1:2:ffff::")).isTrue();
    assertThat(signIns.isLimited("2001:db8:1:3::1")).isFalse();
  }

  @Test
  void remembersSoManyAddressesAndThoseThatFailedLast() {
    fail(A, 3);
    for (int i = 1; i < SignIns.MOST_ADDRESSES; i++) {
      fail("10.0.%d.%d".formatted(i / 256, i % 256), 1);
    }
    fail(A, 1);
    fail("x".repeat(10_000), 1);
    fail(B, 1);
    assertThat(signIns.addresses()).isEqualTo(SignIns.MOST_ADDRESSES);
    assertThat(signIns.isLimited(A)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many", "1000001"})
  void numbersThatCannotBeAreRefused(String failures) {
    assertThatThrownBy(() -> new SignIns(failures, clock))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("captionary.sign-in.failures: " + failures);
  }
}
