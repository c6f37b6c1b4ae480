package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.ImportReport;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.ReportRepository;
import org.captionary.domain.preparation.Snapshot;
import org.captionary.domain.preparation.SnapshotRepository;
import org.jboss.resteasy.reactive.RestPath;

/** The account of a data set's last import. */
@Path("/api/datasets/{name}/report")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class ReportResource {

  private final DatasetFinder datasets;
  private final SnapshotRepository snapshots;
  private final ReportRepository reports;

  ReportResource(DatasetFinder datasets, SnapshotRepository snapshots, ReportRepository reports) {
    this.datasets = datasets;
    this.snapshots = snapshots;
    this.reports = reports;
  }

  /**
   * What an import has read, and what became of it.
   *
   * @param complete whether the import is over
   * @param splits how many photos each has
   * @param rejected inputs by kind and by how the reason begins; the quarantine has them one by one
   * @param sharedPhotos by other data set: photos that it has too, byte by byte
   * @param emptyAfterCleaning by preparation: captions of which its recipe left nothing
   * @param encodings by text file
   */
  public record ReportView(
      boolean complete,
      CaptionsView captions,
      PhotosView photos,
      Map<String, Long> splits,
      List<RejectedCount> rejected,
      Map<String, Long> sharedPhotos,
      Map<String, Long> emptyAfterCleaning,
      Map<String, String> encodings) {}

  /**
   * Captions: {@code rows} is {@code kept} and {@code rejected} together once the file is read.
   *
   * @param rows null before the file is read to its end
   * @param empty kept ones that are blank
   * @param repeated kept ones that stand with the same photo before, letter by letter
   * @param withoutPhoto described photos that have no usable file
   */
  public record CaptionsView(
      Long rows,
      long kept,
      long rejected,
      long empty,
      long repeated,
      long describedPhotos,
      Listed withoutPhoto) {}

  /**
   * Photo files.
   *
   * @param repeated usable ones whose bytes are another photo's too
   */
  public record PhotosView(long usable, long rejected, long repeated, Listed withoutCaptions) {}

  /**
   * Photos of a kind.
   *
   * @param first in the order of ids, at most 1,000
   */
  public record Listed(long count, List<String> first) {

    static Listed of(ImportReport.Listed listed) {
      return new Listed(listed.count(), listed.first().stream().map(PhotoId::value).toList());
    }
  }

  /** How many inputs were rejected for a reason. */
  public record RejectedCount(String kind, String reason, long count) {}

  @GET
  public ReportView report(@RestPath String name) {
    Snapshot snapshot =
        snapshots
            .latest(datasets.find(name).name())
            .orElseThrow(
                () ->
                    ProblemException.conflict(
                        "data set",
                        name,
                        "This data set was not imported yet: submit a job first"));
    return view(snapshot.content().isPresent(), reports.report(snapshot.id()));
  }

  private static ReportView view(boolean complete, ImportReport report) {
    return new ReportView(
        complete,
        captions(report),
        new PhotosView(
            report.photos(),
            rejected(report, RejectedInput.Kind.PHOTO),
            report.repeatedPhotos(),
            Listed.of(report.photosWithoutCaptions())),
        report.splits(),
        report.rejected().stream()
            .map(row -> new RejectedCount(row.kind().id(), row.reason(), row.count()))
            .toList(),
        report.sharedPhotos(),
        report.emptyAfterCleaning(),
        report.encodings());
  }

  private static CaptionsView captions(ImportReport report) {
    return new CaptionsView(
        report.captionRows().isPresent() ? report.captionRows().getAsLong() : null,
        report.captions(),
        rejected(report, RejectedInput.Kind.CAPTION),
        report.emptyCaptions(),
        report.repeatedCaptions(),
        report.describedPhotos(),
        Listed.of(report.describedWithoutPhoto()));
  }

  private static long rejected(ImportReport report, RejectedInput.Kind kind) {
    return report.rejected().stream()
        .filter(row -> row.kind() == kind)
        .mapToLong(ImportReport.Rejected::count)
        .sum();
  }
}
