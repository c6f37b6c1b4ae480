package org.captionary.app.jobs;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.ChunkRunner;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobInterruptedException;
import org.captionary.domain.preparation.NotHereException;
import org.captionary.domain.preparation.Phase;
import org.jboss.logging.Logger;

/**
 * Runs chunks. Those that extract features are a task of their own for each extractor, so that only
 * nodes that have it take them.
 */
@Singleton
class ChunkTasks implements TaskSource {

  private static final Logger LOG = Logger.getLogger(ChunkTasks.class);
  private static final String CHUNK = "chunk";
  private static final String SEPARATOR = "/";
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** How long a node that lacks something leaves all to others. */
  private static final Duration UNABLE = Duration.ofSeconds(10);

  private final Instance<ChunkRunner> runner;
  private final Extractors extractors;
  private final NodeRole role;
  private final Instance<ClusterScheduler> scheduler;

  /**
   * @param scheduler looked up late, as it is made of what runs here
   */
  ChunkTasks(
      Instance<ChunkRunner> runner,
      Extractors extractors,
      NodeRole role,
      Instance<ClusterScheduler> scheduler) {
    this.runner = runner;
    this.extractors = extractors;
    this.role = role;
    this.scheduler = scheduler;
  }

  @Override
  public List<Task<?>> tasks() {
    List<Task<?>> tasks = new ArrayList<>(List.of(task(CHUNK)));
    if (role.prepares()) {
      extractors.all().map(offered -> task(extraction(offered.identity()))).forEach(tasks::add);
    }
    return tasks;
  }

  private Task<Void> task(String name) {
    return Tasks.custom(name, Void.class)
        .onFailure(ChunkTasks::again)
        .onDeadExecution(ChunkTasks::revive)
        .execute((instance, context) -> run(chunk(instance.getId())));
  }

  /** The task that a job's chunks of a phase are executions of. */
  static String name(Job job, Phase phase) {
    return phase == Phase.EXTRACT
        ? job.extractor().map(ChunkTasks::extraction).orElse(CHUNK)
        : CHUNK;
  }

  private static String extraction(ExtractorIdentity extractor) {
    byte[] identity = extractor.toString().getBytes(StandardCharsets.UTF_8);
    return "extract-" + ContentHash.of(identity).hex().substring(0, 16);
  }

  static String instance(ChunkId chunk) {
    return instancesOf(chunk.job()) + chunk.phase() + SEPARATOR + chunk.number();
  }

  /** What the instances of a job's chunks begin with. */
  static String instancesOf(JobId job) {
    return job.value() + SEPARATOR;
  }

  private static ChunkId chunk(String instance) {
    String[] parts = instance.split(SEPARATOR);
    return new ChunkId(
        new JobId(Long.parseLong(parts[0])), Phase.valueOf(parts[1]), Integer.parseInt(parts[2]));
  }

  private CompletionHandler<Void> run(ChunkId chunk) {
    try {
      Optional<Duration> again = runner.get().run(chunk);
      return again.isEmpty()
          ? (complete, operations) -> leave(chunk, operations)
          : (complete, operations) ->
              reschedule(complete, operations, complete.getTimeDone().plus(again.get()));
    } catch (JobInterruptedException e) {
      LOG.debugf("%s is interrupted: %s", chunk, e.getMessage());
      return (complete, operations) -> reschedule(complete, operations, due(complete));
    } catch (NotHereException e) {
      LOG.warnf("%s is left to other nodes: %s", chunk, e.getMessage());
      return this::leaveToOthers;
    }
  }

  /** The chunk is anyone's at once; this node takes nothing, or it would take it again. */
  private void leaveToOthers(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    scheduler.get().rest(UNABLE);
    reschedule(complete, operations, due(complete));
  }

  private void leave(ChunkId chunk, ExecutionOperations<Void> operations) {
    try {
      operations.remove();
    } catch (ExecutionException e) {
      LOG.debugf("%s is another node's by now", chunk);
      return;
    }
    runner.get().left(chunk);
  }

  private static void reschedule(
      ExecutionComplete complete, ExecutionOperations<Void> operations, Instant when) {
    try {
      operations.reschedule(complete, when);
    } catch (ExecutionException e) {
      LOG.debugf("%s is another node's by now", complete.getExecution().taskInstance.getId());
    }
  }

  /** Where it was in the queue, as what follows waits for it. */
  private static void revive(ExecutionComplete dead, ExecutionOperations<Void> operations) {
    Execution execution = dead.getExecution();
    LOG.infof("%s is taken from %s", execution.taskInstance.getId(), execution.pickedBy);
    reschedule(dead, operations, due(dead));
  }

  /** As it was, so that the chunk keeps its place. */
  private static Instant due(ExecutionComplete complete) {
    return complete.getExecution().executionTime;
  }

  /** What a chunk's own failures lead to is decided by the runner; here the database was away. */
  private static void again(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    Throwable cause = complete.getCause().orElseThrow();
    LOG.warnf(
        "Execution %s is tried again: %s", complete.getExecution().taskInstance.getId(), cause);
    reschedule(complete, operations, complete.getTimeDone().plus(PAUSE));
  }
}
