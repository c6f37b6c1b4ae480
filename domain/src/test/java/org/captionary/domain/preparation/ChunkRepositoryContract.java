package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contract of {@link ChunkRepository}. */
public abstract class ChunkRepositoryContract extends RepositoryContract {

  private static final List<String> ODD =
      List.of("", " ", "a/b", "\\N", "{\"x\",NULL}", "\u00e9\uD83D\uDE00", "line\nline");

  private final String node = "n-1";

  @Test
  void plansChunksByNumber() {
    Job job = runningJob();

    plan(job, List.of(List.of("a"), List.of(), ODD));

    assertThat(chunks().open(job.id(), Phase.CLEAN))
        .containsExactly(id(job, 0), id(job, 1), id(job, 2));
    assertThat(chunks().hasOpen(job.id(), Phase.CLEAN)).isTrue();
    assertThat(chunks().hasOpen(job.id(), Phase.COUNT)).isFalse();
    assertThat(chunks().isOpen(id(job, 2))).isTrue();
    assertThat(chunks().isOpen(id(job, 3))).isFalse();
    assertThat(chunks().arguments(job.id(), Phase.CLEAN))
        .containsExactly(List.of("a"), List.of(), ODD);
  }

  @Test
  void plansAPhaseAnew() {
    Job job = runningJob();
    plan(job, List.of(List.of("a"), List.of("b")));

    plan(job, List.of(List.of("c")));

    assertThat(chunks().arguments(job.id(), Phase.CLEAN)).containsExactly(List.of("c"));
  }

  @Test
  void givesAChunkToWhoeverTakesItUp() {
    Job job = runningJob();
    plan(job, List.of(ODD));

    Chunk chunk = take(job, 0);

    assertThat(chunk).isEqualTo(new Chunk(id(job, 0), ODD, 1, 0, List.of()));
    assertThat(hold(chunk)).isTrue();
    assertThat(written(() -> chunks().take(id(job, 1), node))).isEmpty();
  }

  /** As when the first is only thought to be dead. */
  @Test
  void takesAChunkFromWhoeverHadItBefore() {
    Job job = runningJob();
    plan(job, List.of(List.of()));
    Chunk first = take(job, 0);

    Chunk second = take(job, 0);

    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.vanished()).isEqualTo(1);
    assertThat(hold(first)).isFalse();
    assertThat(hold(second)).isTrue();
    write(() -> chunks().release(first));
    assertThat(take(job, 0).vanished()).isEqualTo(2);
  }

  @Test
  void isDoneOnce() {
    Job job = runningJob();
    plan(job, List.of(List.of("a"), List.of("b")));
    Chunk chunk = take(job, 1);

    write(() -> chunks().done(chunk, node, 5, ODD, NOW));

    assertThat(hold(chunk)).isFalse();
    assertThat(chunks().isOpen(id(job, 1))).isFalse();
    assertThat(written(() -> chunks().take(id(job, 1), node))).isEmpty();
    assertThat(chunks().open(job.id(), Phase.CLEAN)).containsExactly(id(job, 0));
    write(() -> chunks().done(take(job, 0), node, 5, List.of(), NOW));
    assertThat(chunks().hasOpen(job.id(), Phase.CLEAN)).isFalse();
    assertThat(chunks().results(job.id(), Phase.CLEAN)).containsExactly(List.of(), ODD);
  }

  @Test
  void holdsForAPausedJobAndForNoneThatHasEnded() {
    Job job = runningJob();
    plan(job, List.of(List.of()));
    Chunk chunk = take(job, 0);

    move(job, JobState.RUNNING, JobState.PAUSED);
    assertThat(hold(chunk)).isTrue();
    move(job, JobState.PAUSED, JobState.CANCELLED);
    assertThat(hold(chunk)).isFalse();
  }

  @Test
  void releasesWithoutFault() {
    Job job = runningJob();
    plan(job, List.of(List.of()));

    Chunk first = take(job, 0);
    write(() -> chunks().release(first));

    assertThat(take(job, 0).vanished()).isZero();
  }

  @Test
  void keepsACauseForEachFailure() {
    Job job = runningJob();
    plan(job, List.of(List.of()));
    Chunk first = take(job, 0);
    ChunkFailure no = new ChunkFailure(first.id(), 1, node, NOW, "no \u00e9");
    assertThat(written(() -> chunks().failed(no))).isEqualTo(1);
    ChunkFailure never = new ChunkFailure(first.id(), 2, "n-2", LATER, "never");

    assertThat(written(() -> chunks().failed(never))).isEqualTo(2);

    assertThat(chunks().failures(job.id(), 9)).containsExactly(never, no);
    assertThat(chunks().failures(job.id(), 1)).containsExactly(never);
    write(() -> chunks().forgive(job.id()));
    write(() -> chunks().clear(job.id()));
    assertThat(chunks().failures(job.id(), 9)).hasSize(2);
  }

  @Test
  void forgivesFailuresAndVanishedAttempts() {
    Job job = runningJob();
    plan(job, List.of(List.of()));
    take(job, 0);
    Chunk second = take(job, 0);
    ChunkFailure no = new ChunkFailure(second.id(), 2, node, NOW, "no");
    write(() -> chunks().failed(no));

    write(() -> chunks().forgive(job.id()));

    Chunk third = take(job, 0);
    assertThat(third.vanished()).isZero();
    assertThat(third.attempt()).isEqualTo(3);
    assertThat(written(() -> chunks().failed(no))).isEqualTo(1);
  }

  /** As of a chunk that is done and whose job could not go on. */
  @Test
  void countsFailuresOfAChunkThatIsDone() {
    Job job = runningJob();
    plan(job, List.of(List.of()));
    write(() -> chunks().done(take(job, 0), node, 0, List.of(), NOW));
    ChunkFailure no = new ChunkFailure(id(job, 0), 0, node, NOW, "no");

    assertThat(written(() -> chunks().failed(no))).isEqualTo(1);
    assertThat(written(() -> chunks().failed(no))).isEqualTo(2);
    write(() -> chunks().forgive(job.id()));
    assertThat(written(() -> chunks().failed(no))).isEqualTo(1);
    assertThat(chunks().hasOpen(job.id(), Phase.CLEAN)).isFalse();
  }

  /** Whoever gives a chunk back has not vanished with what it noted. */
  @Test
  void forgetsWhatAnAttemptNotedThatGaveTheChunkBack() {
    Job job = runningJob();
    plan(job, List.of(List.of()));
    Chunk first = take(job, 0);
    write(() -> chunks().suspect(first, "a"));
    Chunk second = take(job, 0);
    write(() -> chunks().suspect(second, "b"));

    write(() -> chunks().release(second));

    assertThat(take(job, 0).suspects()).containsExactly("a");
  }

  @Test
  void remembersSuspects() {
    Job job = runningJob();
    plan(job, List.of(List.of()));
    Chunk first = take(job, 0);

    write(() -> chunks().suspect(first, "a b.jpg"));
    write(() -> chunks().suspect(first, "c"));

    assertThat(take(job, 0).suspects()).containsExactly("a b.jpg", "c");
  }

  @Test
  void clearsOneJobsChunks() {
    Job job = runningJob();
    Job other = runningJob();
    plan(job, List.of(List.of()));
    plan(other, List.of(List.of()));

    write(() -> chunks().clear(job.id()));

    assertThat(chunks().hasOpen(job.id(), Phase.CLEAN)).isFalse();
    assertThat(chunks().hasOpen(other.id(), Phase.CLEAN)).isTrue();
    assertThat(written(() -> chunks().take(id(job, 0), node))).isEmpty();
  }

  private Job runningJob() {
    Job job = newJob();
    move(job, JobState.QUEUED, JobState.RUNNING);
    return job;
  }

  private void move(Job job, JobState from, JobState to) {
    write(() -> repositories().jobs().transition(job.id(), from, to, NOW));
  }

  private void plan(Job job, List<List<String>> arguments) {
    write(() -> chunks().plan(job.id(), Phase.CLEAN, arguments));
  }

  private static ChunkId id(Job job, int number) {
    return new ChunkId(job.id(), Phase.CLEAN, number);
  }

  private Chunk take(Job job, int number) {
    Optional<Chunk> taken = written(() -> chunks().take(id(job, number), node));
    return taken.orElseThrow();
  }

  private boolean hold(Chunk chunk) {
    return written(() -> chunks().hold(chunk));
  }

  private ChunkRepository chunks() {
    return repositories().chunks();
  }
}
