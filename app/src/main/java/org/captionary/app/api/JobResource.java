package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.JobService;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.SnapshotRepository;
import org.jboss.resteasy.reactive.RestPath;

/** Jobs: started, and how far they are. */
@Path("/api/admin/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class JobResource {

  private final JobService service;
  private final JobRepository jobs;
  private final SnapshotRepository snapshots;
  private final InstantSource clock;

  JobResource(
      JobService service, JobRepository jobs, SnapshotRepository snapshots, InstantSource clock) {
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

  private JobView view(Job job) {
    long quarantined = job.snapshot().map(snapshots::countRejected).orElse(0L);
    return JobView.of(job, quarantined, clock.instant());
  }
}
