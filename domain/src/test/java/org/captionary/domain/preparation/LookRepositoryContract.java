package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import org.captionary.domain.preparation.LookRepository.Look;
import org.junit.jupiter.api.Test;

/** Contract of {@link LookRepository}. */
public abstract class LookRepositoryContract extends RepositoryContract {

  private LookRepository looks() {
    return repositories().looks();
  }

  private void note(String dataset, Look look) {
    write(() -> looks().note(dataset, look));
  }

  @Test
  void givesTheLookThatWasNotedLast() {
    String dataset = newDataset().name();
    assertThat(looks().last(dataset)).isEmpty();
    for (boolean answered : new boolean[] {false, true, false}) {
      Look look = new Look(uniqueHash(), answered);
      note(dataset, look);
      assertThat(looks().last(dataset)).contains(look);
    }
  }

  @Test
  void keepsLooksAtDatasetsApart() {
    String first = newDataset().name();
    String second = newDataset().name();
    Look look = new Look(uniqueHash(), true);
    note(first, look);
    note(second, new Look(uniqueHash(), false));

    write(() -> looks().forget(second));

    assertThat(looks().last(first)).contains(look);
    assertThat(looks().last(second)).isEmpty();
  }

  @Test
  void notesNothingOfADatasetThatIsNotThere() {
    for (String name : new String[] {uniqueName(), "", "a\0b"}) {
      note(name, new Look(uniqueHash(), false));
      write(() -> looks().forget(name));
      assertThat(looks().last(name)).isEmpty();
    }
  }

  @Test
  void aDatasetThatIsRegisteredAnewWasNotLookedAt() {
    Dataset dataset = newDataset();
    note(dataset.name(), new Look(uniqueHash(), true));

    write(() -> repositories().datasets().delete(dataset.name()));
    write(() -> repositories().datasets().add(dataset));

    assertThat(looks().last(dataset.name())).isEmpty();
  }
}
