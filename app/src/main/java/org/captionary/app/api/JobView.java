package org.captionary.app.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.StepProgress;

/**
 * A job on the wire.
 *
 * @param preparation its id; null until succeeded, and once it was deleted
 * @param quarantined inputs of the data set that could not be used
 * @param error null unless failed
 */
public record JobView(
    long id,
    String dataset,
    Map<String, Object> recipe,
    boolean force,
    JobState state,
    String preparation,
    List<StepView> steps,
    long quarantined,
    String error,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt) {

  /**
   * A step on the wire.
   *
   * @param rate units a second; null until something is done
   * @param etaSeconds the time left at this rate; null if it cannot be told
   * @param nodes what each node has done of it
   */
  public record StepView(
      String name,
      long done,
      long total,
      Double rate,
      Instant startedAt,
      Instant endedAt,
      Double etaSeconds,
      List<NodeView> nodes) {

    static StepView of(StepProgress step, Instant now) {
      return new StepView(
          step.name().id(),
          step.done(),
          step.total(),
          orNull(step.rate(now)),
          step.startedAt().orElse(null),
          step.endedAt().orElse(null),
          orNull(step.etaSeconds(now)),
          step.nodes().stream().map(node -> NodeView.of(step, node, now)).toList());
    }
  }

  /**
   * A node's part in a step on the wire.
   *
   * @param rate units a second; null until something is done, or if nothing was in the last minute
   */
  public record NodeView(String node, long done, Double rate) {

    static NodeView of(StepProgress step, StepProgress.OfNode node, Instant now) {
      return new NodeView(node.node(), node.done(), orNull(step.rate(node, now)));
    }
  }

  private static Double orNull(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  static JobView of(Job job, List<StepProgress> steps, long quarantined, Instant now) {
    return new JobView(
        job.id().value(),
        job.dataset(),
        RecipeFields.write(job.recipe()),
        job.force(),
        job.state(),
        job.preparation().map(PreparationId::value).orElse(null),
        steps.stream().map(step -> StepView.of(step, now)).toList(),
        quarantined,
        job.error().orElse(null),
        job.createdAt(),
        job.startedAt().orElse(null),
        job.endedAt().orElse(null));
  }
}
