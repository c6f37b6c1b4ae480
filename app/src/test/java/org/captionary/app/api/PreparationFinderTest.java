package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.training.SplitFigures;
import org.junit.jupiter.api.Test;

final class PreparationFinderTest {

  private static final int KEPT = 256;

  private final Recording repository = new Recording();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final PreparationFinder finder = new PreparationFinder(repository, () -> now);

  @Test
  void loadsWhatIsKeptOnce() {
    Preparation first = finder.find(id(0));
    assertThat(first.id().value()).isEqualTo(id(0));
    assertThat(finder.find(id(0))).isSameAs(first);
    assertThat(repository.asked).containsExactly(id(0));
  }

  @Test
  void keepsTheLastUsedOnly() {
    for (int i = 0; i < KEPT; i++) {
      finder.find(id(i));
    }
    finder.find(id(0));
    finder.find(id(KEPT));
    assertThat(repository.asked).hasSize(KEPT + 1);
    finder.find(id(0));
    assertThat(repository.asked).as("used again, so kept").hasSize(KEPT + 1);
    finder.find(id(1));
    assertThat(repository.asked).as("the one not used for longest").hasSize(KEPT + 2);
  }

  @Test
  void doesNotKeepWhatIsNotThere() {
    repository.empty = true;
    assertThatThrownBy(() -> finder.find(id(0))).isInstanceOf(ProblemException.class);
    repository.empty = false;
    assertThat(finder.find(id(0))).isNotNull();
  }

  @Test
  void looksAgainAfterAMoment() {
    Preparation first = finder.find(id(0));
    now = now.plus(PreparationFinder.MOMENT).minusNanos(1);
    assertThat(finder.find(id(0))).isSameAs(first);
    now = now.plusNanos(1);
    assertThat(finder.find(id(0))).isNotSameAs(first);
    repository.empty = true;
    assertThat(finder.find(id(0))).isNotNull();
    now = now.plus(PreparationFinder.MOMENT);
    gone(() -> finder.find(id(0)));
    gone(() -> finder.find(id(0)));
  }

  @Test
  void aClockThatIsSetBackKeepsNothing() {
    finder.find(id(0));
    now = now.minusSeconds(3_600);
    finder.find(id(0));
    assertThat(repository.asked).hasSize(2);
  }

  @Test
  void forgetsWhatWasDeletedHere() {
    finder.find(id(0));
    repository.empty = true;
    finder.forget(id(0));
    gone(() -> finder.find(id(0)));
  }

  @Test
  void answersAnewFromThePreparationThatTookThePlace() {
    finder.find(id(0));
    repository.key = 2;
    assertThat(finder.<Long>answer(id(0), PreparationFinderTest::keyUnlessFirst)).isEqualTo(2L);
    assertThat(finder.find(id(0)).key()).isEqualTo(new PreparationKey(2));
  }

  @Test
  void answersNothingFromAPreparationThatIsDeletedMeanwhile() {
    finder.find(id(0));
    repository.empty = true;
    gone(() -> finder.answer(id(0), PreparationFinderTest::keyUnlessFirst));
  }

  @Test
  void aFaultOfAPreparationThatIsThereIsNoDeletion() {
    assertThatThrownBy(() -> finder.answer(id(0), PreparationFinderTest::keyUnlessFirst))
        .isInstanceOf(IncompletePreparationException.class);
    assertThatThrownBy(() -> finder.body(finder.find(id(0)), incomplete()).write(null))
        .isInstanceOf(IncompletePreparationException.class);
  }

  @Test
  void aBodyEndsWithAProblemWhenItsPreparationIsDeleted() {
    StreamingOutput body = finder.body(finder.find(id(0)), incomplete());
    repository.key = 2;
    problem(503, () -> body.write(null));
    repository.empty = true;
    gone(() -> body.write(null));
  }

  private static StreamingOutput incomplete() {
    return out -> {
      throw new IncompletePreparationException("rows are missing");
    };
  }

  private static long keyUnlessFirst(Preparation preparation) {
    if (preparation.key().value() == 1) {
      throw new IncompletePreparationException("rows are missing");
    }
    return preparation.key().value();
  }

  private static void gone(ThrowingCallable call) {
    problem(404, call);
  }

  private static void problem(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(status));
  }

  @Test
  void asksForNoNameThatCannotBe() {
    assertThatThrownBy(() -> finder.find("../x"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(404));
    assertThat(repository.asked).isEmpty();
  }

  private static String id(int number) {
    return "%016x".formatted(number);
  }

  /** Has every preparation, or none. */
  private static final class Recording implements PreparationRepository {

    private final List<String> asked = new ArrayList<>();
    private boolean empty;
    private long key = 1;

    @Override
    public Optional<Preparation> byId(PreparationId id) {
      asked.add(id.value());
      return empty ? Optional.empty() : Optional.of(preparation(id, key));
    }

    private static Preparation preparation(PreparationId id, long key) {
      return new Preparation(
          id,
          new PreparationKey(key),
          "d",
          Recipe.TUTORIAL,
          1,
          0,
          0,
          Map.of(Split.ALL, SplitFigures.NONE),
          Optional.empty(),
          null);
    }

    @Override
    public PreparationKey open(JobId job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean publish(Preparation preparation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PreparationKey> begun(JobId job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void discard(JobId job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(PreparationId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int sweep(int rows) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Preparation> all() {
      throw new UnsupportedOperationException();
    }
  }
}
