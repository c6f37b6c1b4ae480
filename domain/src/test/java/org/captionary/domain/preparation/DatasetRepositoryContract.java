package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract of {@link DatasetRepository}. */
public abstract class DatasetRepositoryContract extends RepositoryContract {

  @Test
  void findsADatasetByItsNameAsItWasAdded() {
    Dataset dataset = dataset(uniqueName());

    assertThat(add(dataset)).isTrue();

    assertThat(repositories().datasets().byName(dataset.name())).contains(dataset);
  }

  @Test
  void keepsADatasetWithoutSplits() {
    Dataset dataset =
        new Dataset(uniqueName(), "coco", Path.of("/a b/Fotos ü"), Path.of("/a b/ä.txt"), Map.of());

    add(dataset);

    assertThat(repositories().datasets().byName(dataset.name())).contains(dataset);
  }

  @Test
  void refusesATakenNameAndKeepsTheFirst() {
    Dataset first = newDataset();
    Dataset second =
        new Dataset(first.name(), "flickr8k", Path.of("/other"), Path.of("/other/c.txt"), Map.of());

    assertThat(add(second)).isFalse();

    assertThat(repositories().datasets().byName(first.name())).contains(first);
  }

  @Test
  void tellsNamesApartByCase() {
    String name = uniqueName();
    add(dataset(name));

    assertThat(add(dataset(name.replace('t', 'T')))).isTrue();
  }

  @Test
  void findsNothingUnderAnUnknownName() {
    assertThat(repositories().datasets().byName(uniqueName())).isEmpty();
  }

  @Test
  void findsNothingByATextThatIsNoName() {
    assertThat(repositories().datasets().byName("a\0b")).isEmpty();
    assertThat(repositories().datasets().byName("")).isEmpty();
  }

  @Test
  void listsAllInTheOrderOfCodePointsOfTheirNames() {
    String stem = uniqueName();
    List<String> ordered = List.of("-b", ".a", "0", "B", "Z", "_a", "a", "a-", "a.", "aB", "ab");
    List.of("a", "ab", "0", "_a", "-b", "Z", "aB", "B", "a.", ".a", "a-")
        .forEach(end -> add(dataset(stem + end)));

    List<String> listed =
        repositories().datasets().all().stream()
            .map(Dataset::name)
            .filter(name -> name.startsWith(stem))
            .toList();

    assertThat(listed).isEqualTo(ordered.stream().map(end -> stem + end).toList());
  }

  private boolean add(Dataset dataset) {
    return written(() -> repositories().datasets().add(dataset));
  }
}
