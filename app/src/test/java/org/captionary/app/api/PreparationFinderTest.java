package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.training.SplitFigures;
import org.junit.jupiter.api.Test;

final class PreparationFinderTest {

  private static final int KEPT = 256;

  private final Recording repository = new Recording();
  private final PreparationFinder finder = new PreparationFinder(repository);

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

    @Override
    public Optional<Preparation> byId(PreparationId id) {
      asked.add(id.value());
      return empty ? Optional.empty() : Optional.of(preparation(id));
    }

    private static Preparation preparation(PreparationId id) {
      return new Preparation(
          id,
          new PreparationKey(1),
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
    public void discard(JobId job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Preparation> all() {
      throw new UnsupportedOperationException();
    }
  }
}
