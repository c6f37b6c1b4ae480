package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.Role;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;
import org.captionary.domain.memory.InMemoryTokenRepository;
import org.junit.jupiter.api.Test;

final class KeptTokensTest {

  private static final Duration MOMENT = Duration.ofMillis(1);

  private final ManualClock clock = new ManualClock();
  private final TokenRepository store = new InMemoryTokenRepository();
  private final Away database = new Away(store);
  private final KeptTokens kept = new KeptTokens(database, clock);

  /** A database that may be away, and counts what it is asked. */
  private static final class Away implements TokenRepository {

    private final TokenRepository store;
    private boolean isAway;
    private int asked;
    private Runnable onAsked = () -> {};

    Away(TokenRepository store) {
      this.store = store;
    }

    @Override
    public boolean add(AccessToken token, TokenHash hash) {
      return store.add(token, hash);
    }

    @Override
    public List<AccessToken> all() {
      return store.all();
    }

    @Override
    public List<Kept> usable(Instant now) {
      asked++;
      onAsked.run();
      if (isAway) {
        throw new IllegalStateException("away");
      }
      return store.usable(now);
    }

    @Override
    public boolean revoke(String name, Instant at) {
      return store.revoke(name, at);
    }
  }

  private String made(String name, Optional<Instant> expiresAt) {
    String token = KeptTokens.random();
    store.add(
        new AccessToken(name, Role.TRAINER, clock.instant(), expiresAt, Optional.empty()),
        TokenHash.of(token));
    return token;
  }

  private Optional<String> nameOf(String token) {
    return kept.find(token).map(AccessToken::name);
  }

  @Test
  void tokensHave256RandomBits() {
    assertThat(KeptTokens.random()).matches("cap_[A-Za-z0-9_-]{43}");
    assertThat(KeptTokens.random()).isNotEqualTo(KeptTokens.random());
  }

  @Test
  void findsEachByItself() {
    String first = made("first", Optional.empty());
    String second = made("second", Optional.empty());
    assertThat(nameOf(first)).contains("first");
    assertThat(nameOf(second)).contains("second");
    assertThat(nameOf(first + "x")).isEmpty();
    assertThat(nameOf(KeptTokens.random())).isEmpty();
  }

  @Test
  void asksOnceInTwoSecondsHoweverManyCome() {
    String token = made("ci", Optional.empty());
    for (int i = 0; i < 100; i++) {
      nameOf(token);
      nameOf(KeptTokens.random());
    }
    assertThat(database.asked).isEqualTo(1);
    assertThat(kept.fresh().orElseThrow().find(token)).isPresent();
    assertThat(kept.fresh().orElseThrow().find(token + "x")).isEmpty();
    clock.advance(KeptTokens.FRESH);
    assertThat(kept.fresh()).isEmpty();
    assertThat(database.asked).isEqualTo(1);
    nameOf(token);
    assertThat(database.asked).isEqualTo(2);
  }

  @Test
  void aRevocationElsewhereIsHeededInTwoSeconds() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    store.revoke("ci", clock.instant());
    assertThat(nameOf(token)).contains("ci");
    clock.advance(KeptTokens.FRESH);
    assertThat(nameOf(token)).isEmpty();
  }

  @Test
  void aRevocationHereIsHeededAtOnce() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    store.revoke("ci", clock.instant());
    kept.forget();
    assertThat(nameOf(token)).isEmpty();
  }

  @Test
  void expiryIsHeededAtOnce() {
    String token = made("ci", Optional.of(clock.instant().plus(MOMENT)));
    assertThat(nameOf(token)).contains("ci");
    clock.advance(MOMENT);
    assertThat(nameOf(token)).isEmpty();
    assertThat(database.asked).isEqualTo(1);
  }

  @Test
  void whileTheDatabaseIsAwayWhatWasReadLastIsTakenForAWhile() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    database.isAway = true;
    clock.advance(KeptTokens.PATIENCE.minus(MOMENT));
    assertThat(nameOf(token)).contains("ci");
    clock.advance(MOMENT);
    assertThatThrownBy(() -> nameOf(token)).hasMessage("away");
    database.isAway = false;
    clock.advance(KeptTokens.FRESH);
    assertThat(nameOf(token)).contains("ci");
  }

  @Test
  void aDatabaseThatIsAwayIsAskedOnceInTwoSeconds() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    database.isAway = true;
    clock.advance(KeptTokens.FRESH);
    for (int i = 0; i < 100; i++) {
      assertThat(nameOf(token)).contains("ci");
    }
    assertThat(database.asked).isEqualTo(2);
    clock.advance(KeptTokens.PATIENCE);
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> nameOf(token)).hasMessage("away");
    }
    assertThat(database.asked).isEqualTo(3);
  }

  @Test
  void aSlowAnswerIsFreshWhenItComes() {
    String token = made("ci", Optional.empty());
    database.onAsked = () -> clock.advance(KeptTokens.FRESH.multipliedBy(3));
    nameOf(token);
    nameOf(token);
    assertThat(database.asked).isEqualTo(1);
  }

  @Test
  void aFailureThatTookLongIsRememberedFromItsEnd() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    clock.advance(KeptTokens.FRESH);
    database.isAway = true;
    database.onAsked = () -> clock.advance(KeptTokens.FRESH.multipliedBy(3));
    assertThat(nameOf(token)).contains("ci");
    assertThat(nameOf(token)).contains("ci");
    assertThat(database.asked).isEqualTo(2);
  }

  @Test
  void whileTheDatabaseIsAwayNobodyWaitsForHimWhoAsks() throws Exception {
    String token = made("ci", Optional.empty());
    nameOf(token);
    clock.advance(KeptTokens.FRESH);
    database.isAway = true;
    nameOf(token);
    clock.advance(KeptTokens.FRESH);
    CompletableFuture<Optional<String>> other = new CompletableFuture<>();
    database.onAsked =
        () -> {
          database.onAsked = () -> {};
          CompletableFuture.supplyAsync(() -> nameOf(token))
              .thenAccept(other::complete)
              .orTimeout(60, TimeUnit.SECONDS)
              .join();
        };
    assertThat(nameOf(token)).contains("ci");
    assertThat(other).isCompletedWithValue(Optional.of("ci"));
    assertThat(database.asked).isEqualTo(3);
  }

  /** What was looked at holds to its end: a change in between takes no token from anybody. */
  @Test
  void whatIsKnownIsOneWhole() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    KeptTokens.Known known = kept.fresh().orElseThrow();
    kept.forget();
    assertThat(known.find(token)).isPresent();
    assertThat(kept.fresh()).isEmpty();
  }

  @Test
  void aChangeLeavesWhatIsTakenWhileTheDatabaseIsAway() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    kept.forget();
    database.isAway = true;
    assertThat(nameOf(token)).contains("ci");
  }

  @Test
  void aReadingThatBeganBeforeAChangeIsNotFresh() {
    String token = made("ci", Optional.empty());
    database.onAsked = kept::forget;
    nameOf(token);
    assertThat(kept.fresh()).isEmpty();
  }

  @Test
  void afterAChangeTheDatabaseIsAskedThoughItWasAway() {
    String token = made("ci", Optional.empty());
    nameOf(token);
    clock.advance(KeptTokens.FRESH);
    database.isAway = true;
    nameOf(token);
    database.isAway = false;
    store.revoke("ci", clock.instant());
    kept.forget();
    assertThat(nameOf(token)).isEmpty();
  }
}
