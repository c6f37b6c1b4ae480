package org.captionary.app.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.ChunkFailure;
import org.captionary.domain.preparation.ChunkRepository;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.JobService;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.SnapshotRepository;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Jobs: started, and how far they are. */
@Path("/api/admin/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class JobResource {

  private final JobService service;
  private static final int MOST_FAILURES = 1_000;
  private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);

  private final JobRepository jobs;
  private final ChunkRepository chunks;
  private final SnapshotRepository snapshots;
  private final InstantSource clock;

  JobResource(
      JobService service,
      JobRepository jobs,
      ChunkRepository chunks,
      SnapshotRepository snapshots,
      InstantSource clock) {
    this.chunks = chunks;
    this.service = service;
    this.jobs = jobs;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * What is asked to be run.
   *
   * @param recipe its fields; left out: the tutorial's
   * @param force a new job even if an equal one exists
   */
  public record JobBody(String dataset, Map<String, Object> recipe, Boolean force) {}

  @POST
  public Response submit(JobBody body) {
    if (body == null || body.dataset() == null) {
      throw ProblemException.badField("dataset", null, "the name of a registered data set");
    }
    Job job = service.submit(body.dataset(), recipe(body), Boolean.TRUE.equals(body.force()));
    return Response.accepted(view(job))
        .location(URI.create("/api/admin/jobs/" + job.id().value()))
        .build();
  }

  private static Recipe recipe(JobBody body) {
    try {
      return RecipeFields.read(body.recipe() == null ? Map.of() : body.recipe());
    } catch (InvalidInputException e) {
      throw e.inside("recipe");
    }
  }

  @GET
  public List<JobView> all() {
    return jobs.all().stream().map(this::view).toList();
  }

  @GET
  @Path("/{id}")
  public JobView one(@RestPath long id) {
    return view(jobs.find(new JobId(id)).orElseThrow(() -> ProblemException.notFound("job", id)));
  }

  /** The same each second as server-sent events, until the job has ended. */
  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Blocking
  public Multi<JobView> events(@RestPath long id) {
    one(id); // Answers 404 before the stream begins.
    Uni<JobView> now =
        Uni.createFrom()
            .item(() -> one(id))
            .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    return Multi.createBy()
        .repeating()
        .uni(() -> now)
        .withDelay(BETWEEN_EVENTS)
        .whilst(view -> !view.state().isFinal());
  }

  /** Gives the job up, with all that it began. */
  @POST
  @Path("/{id}/cancel")
  public JobView cancel(@RestPath long id) {
    return changed(id, service.cancel(new JobId(id)));
  }

  /** Holds the job back. */
  @POST
  @Path("/{id}/pause")
  public JobView pause(@RestPath long id) {
    return changed(id, service.pause(new JobId(id)));
  }

  /** Lets a job that was held back go on. */
  @POST
  @Path("/{id}/resume")
  public JobView resume(@RestPath long id) {
    return changed(id, service.resume(new JobId(id)));
  }

  /** Lets a job that failed go on where it was. */
  @POST
  @Path("/{id}/retry")
  public JobView retry(@RestPath long id) {
    return changed(id, service.retry(new JobId(id)));
  }

  private JobView changed(long id, Optional<Job> job) {
    return view(job.orElseThrow(() -> ProblemException.notFound("job", id)));
  }

  /** Why attempts at parts of the job failed, the last first. */
  @GET
  @Path("/{id}/failures")
  public List<FailureView> failures(@RestPath long id) {
    if (jobs.find(new JobId(id)).isEmpty()) {
      throw ProblemException.notFound("job", id);
    }
    return chunks.failures(new JobId(id), MOST_FAILURES).stream().map(FailureView::of).toList();
  }

  /**
   * A failure on the wire.
   *
   * @param step that the failed chunk is a part of
   * @param chunk its number within the phase
   */
  public record FailureView(
      String step, String phase, int chunk, int attempt, String node, Instant at, String cause) {

    static FailureView of(ChunkFailure failure) {
      Phase phase = failure.chunk().phase();
      return new FailureView(
          phase.step().id(),
          phase.name().toLowerCase(Locale.ROOT),
          failure.chunk().number(),
          failure.attempt(),
          failure.node(),
          failure.at(),
          failure.cause());
    }
  }

  private JobView view(Job job) {
    long quarantined = job.snapshot().map(snapshots::countRejected).orElse(0L);
    return JobView.of(job, jobs.steps(job.id()), quarantined, clock.instant());
  }
}
