package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.memory.InMemoryRepositories;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.RecipePreviews;
import org.captionary.domain.preparation.SnapshotRepository;
import org.junit.jupiter.api.Test;

final class PreviewResourceTest {

  private final InMemoryRepositories repositories = new InMemoryRepositories();
  private final List<Integer> meanwhile = new ArrayList<>();

  /** Asks for another preview while one is under way. */
  private final PreviewResource resource =
      new PreviewResource(
          new RecipePreviews(
              List.of(),
              (SnapshotRepository)
                  Proxy.newProxyInstance(
                      SnapshotRepository.class.getClassLoader(),
                      new Class<?>[] {SnapshotRepository.class},
                      (proxy, method, arguments) -> {
                        meanwhile.add(status());
                        return Optional.empty();
                      }),
              repositories.captions()),
          new DatasetFinder(repositories.datasets()));

  @Test
  void triesOneRecipeAtATime() {
    repositories
        .datasets()
        .add(new Dataset("d", "memory", Path.of("/photos"), Path.of("/captions"), Map.of()));

    assertThat(status()).isEqualTo(409);
    assertThat(status()).as("the turn is given back").isEqualTo(409);
    assertThat(meanwhile).containsExactly(503, 503);
  }

  @Test
  void knowsNoOtherDataset() {
    assertThatThrownBy(() -> resource.preview("e", Map.of())).isInstanceOf(ProblemException.class);
    assertThat(meanwhile).isEmpty();
  }

  private int status() {
    try {
      resource.preview("d", Map.of());
      return 200;
    } catch (ProblemException e) {
      return e.problem().status();
    }
  }
}
