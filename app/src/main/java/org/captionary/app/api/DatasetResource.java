package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.Deletion;
import org.captionary.domain.preparation.JobService;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.Snapshot;
import org.captionary.domain.preparation.SnapshotRepository;
import org.captionary.domain.preparation.UnfinishedJobException;
import org.jboss.resteasy.reactive.RestPath;

/** Data sets: registered, listed, and what of them could not be used. */
@Path("/api/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DatasetResource {

  private final JobService service;
  private final Deletion deletion;
  private final PreparationFinder preparations;
  private final DatasetRepository datasets;
  private final SnapshotRepository snapshots;
  private final DatasetFinder finder;
  private final JsonArrays arrays;

  DatasetResource(
      JobService service,
      Deletion deletion,
      PreparationFinder preparations,
      DatasetRepository datasets,
      SnapshotRepository snapshots,
      DatasetFinder finder,
      JsonArrays arrays) {
    this.service = service;
    this.deletion = deletion;
    this.preparations = preparations;
    this.datasets = datasets;
    this.snapshots = snapshots;
    this.finder = finder;
    this.arrays = arrays;
  }

  /**
   * What is asked to be registered.
   *
   * @param format as its files are, if left out
   * @param photos absolute path of the folder or zip archive of photos, or of shards
   * @param captions absolute path of the caption file; left out where captions lie in shards
   * @param splits by name the absolute path of each list; may be left out
   * @param annotations absolute paths of human judgements, under {@code expert} and {@code crowd};
   *     either or both may be left out
   */
  public record DatasetBody(
      String name,
      String format,
      String photos,
      String captions,
      Map<String, String> splits,
      Map<String, String> annotations) {

    /** In place of the format while that is not known. */
    private static final String UNTOLD = "";

    Dataset toDataset() {
      TreeMap<String, java.nio.file.Path> files = new TreeMap<>();
      Optional.ofNullable(splits)
          .orElse(Map.of())
          .forEach((split, file) -> files.put(split, path("splits." + split, file)));
      return new Dataset(
          required("name", name, "a name"),
          format == null ? UNTOLD : required("format", format, "a format, or none to have it told"),
          path("photos", photos),
          captions == null ? Optional.empty() : Optional.of(path("captions", captions)),
          files,
          annotationFiles());
    }

    private TreeMap<Annotators, java.nio.file.Path> annotationFiles() {
      TreeMap<Annotators, java.nio.file.Path> files = new TreeMap<>();
      Optional.ofNullable(annotations)
          .orElse(Map.of())
          .forEach((of, file) -> files.put(annotators(of, file), path("annotations." + of, file)));
      return files;
    }

    private static Annotators annotators(String of, String file) {
      return Annotators.byId(of)
          .orElseThrow(
              () -> ProblemException.unknownField("annotations." + of, file, Annotators.ids()));
    }

    private static java.nio.file.Path path(String field, String text) {
      try {
        return java.nio.file.Path.of(required(field, text, "an absolute path"));
      } catch (InvalidPathException e) {
        throw ProblemException.badField(field, text, "an absolute path");
      }
    }

    private static String required(String field, String value, String allowed) {
      if (value == null || value.isBlank()) {
        throw ProblemException.badField(field, value, allowed);
      }
      return value;
    }
  }

  /**
   * A registered data set.
   *
   * @param lastImport what the last import found; null before the first
   */
  public record DatasetView(
      String name,
      String format,
      String photos,
      String captions,
      Map<String, String> splits,
      Map<String, String> annotations,
      ImportView lastImport) {}

  /**
   * An import's state.
   *
   * @param content the hash of all that was read; null until complete
   */
  public record ImportView(boolean complete, String content, long quarantined) {}

  /** A row of the quarantine. */
  public record RejectedView(String kind, String source, Long line, String text, String reason) {

    static RejectedView of(RejectedInput input) {
      return new RejectedView(
          input.kind().id(),
          input.source(),
          input.line().isPresent() ? input.line().getAsLong() : null,
          input.text(),
          input.reason());
    }
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  public Response register(DatasetBody body) {
    if (body == null) {
      throw ProblemException.badField("body", null, "a data set as JSON");
    }
    Dataset asked = body.toDataset();
    Dataset dataset = asked.format().equals(DatasetBody.UNTOLD) ? service.recognised(asked) : asked;
    if (!service.register(dataset)) {
      throw ProblemException.conflict(
          "name", dataset.name(), "A data set of this name is registered already");
    }
    return Response.created(URI.create("/api/datasets/" + dataset.name()))
        .entity(view(dataset))
        .build();
  }

  @GET
  @RolesAllowed(Roles.TRAINER)
  public List<DatasetView> all() {
    return datasets.all().stream().map(this::view).toList();
  }

  @GET
  @Path("/{name}")
  @RolesAllowed(Roles.TRAINER)
  public DatasetView one(@RestPath String name) {
    return view(finder.find(name));
  }

  @DELETE
  @Path("/{name}")
  @RolesAllowed(Roles.ADMIN)
  public void delete(@RestPath String name) {
    if (!deleted(name)) {
      throw DatasetFinder.absent(name);
    }
  }

  private boolean deleted(String name) {
    try {
      boolean deleted = deletion.dataset(name);
      preparations.forgetAll();
      return deleted;
    } catch (UnfinishedJobException e) {
      throw ProblemException.conflict(
          "data set", name, "A job of this data set is not over: " + e.getMessage());
    }
  }

  @GET
  @Path("/{name}/quarantine")
  @RolesAllowed(Roles.ADMIN)
  public StreamingOutput quarantine(@RestPath String name) {
    Optional<Snapshot> snapshot = snapshots.latest(finder.find(name).name());
    return arrays.of(
        sink ->
            snapshot.ifPresent(
                s -> snapshots.forEachRejected(s.id(), row -> sink.accept(RejectedView.of(row)))));
  }

  private DatasetView view(Dataset dataset) {
    Map<String, String> splits = new TreeMap<>();
    dataset.splits().forEach((split, file) -> splits.put(split, file.toString()));
    Map<String, String> annotations = new TreeMap<>();
    dataset.annotations().forEach((of, file) -> annotations.put(of.id(), file.toString()));
    return new DatasetView(
        dataset.name(),
        dataset.format(),
        dataset.photos().toString(),
        dataset.captions().map(Object::toString).orElse(null),
        splits,
        annotations,
        snapshots.latest(dataset.name()).map(this::view).orElse(null));
  }

  private ImportView view(Snapshot snapshot) {
    return new ImportView(
        snapshot.content().isPresent(),
        snapshot.content().map(Object::toString).orElse(null),
        snapshots.countRejected(snapshot.id()));
  }
}
