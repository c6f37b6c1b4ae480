package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Contract of {@link UnitOfWork}. */
public abstract class UnitOfWorkContract extends RepositoryContract {

  @Test
  void keepsWhatTheWorkWrote() {
    Dataset dataset = dataset(uniqueName());

    repositories().unit().run(() -> repositories().datasets().add(dataset));

    assertThat(repositories().datasets().byName(dataset.name())).contains(dataset);
  }

  @Test
  void showsTheWorkWhatItWrote() {
    Dataset dataset = dataset(uniqueName());

    boolean[] seen = new boolean[1];
    write(
        () -> {
          repositories().datasets().add(dataset);
          seen[0] = repositories().datasets().byName(dataset.name()).isPresent();
        });

    assertThat(seen[0]).isTrue();
  }

  @Test
  void keepsNothingOfWorkThatThrowsAndPassesTheExceptionOn() {
    Job job = newJob();
    Dataset dataset = dataset(uniqueName());
    RuntimeException fault = new IllegalStateException("half-way");

    assertThatThrownBy(
            () ->
                repositories()
                    .unit()
                    .run(
                        () -> {
                          repositories().datasets().add(dataset);
                          repositories().jobs().enter(job.id(), Phase.READ);
                          throw fault;
                        }))
        .isSameAs(fault);

    assertThat(repositories().datasets().byName(dataset.name())).isEmpty();
    assertThat(repositories().jobs().find(job.id())).contains(job);
  }

  @Test
  void joinsTheUnitUnderWay() {
    Dataset inner = dataset(uniqueName());
    Dataset outer = dataset(uniqueName());

    assertThatThrownBy(
            () ->
                write(
                    () -> {
                      repositories().datasets().add(outer);
                      write(() -> repositories().datasets().add(inner));
                      throw new IllegalStateException("after the inner one");
                    }))
        .hasMessage("after the inner one");

    assertThat(repositories().datasets().byName(outer.name())).isEmpty();
    assertThat(repositories().datasets().byName(inner.name())).isEmpty();
  }

  @Test
  void worksOnAfterWorkThatThrew() {
    assertThatThrownBy(
            () ->
                write(
                    () -> {
                      throw new IllegalStateException("at once");
                    }))
        .hasMessage("at once");

    Dataset dataset = newDataset();

    assertThat(repositories().datasets().byName(dataset.name())).contains(dataset);
  }
}
