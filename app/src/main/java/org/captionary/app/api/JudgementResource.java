package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.Snapshot;
import org.captionary.domain.preparation.SnapshotRepository;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** How people judged the captions of a data set, as the last complete import read it. */
@Path("/api/datasets/{name}/judgements")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TRAINER)
public class JudgementResource {

  private final DatasetFinder datasets;
  private final SnapshotRepository snapshots;
  private final JudgementRepository judgements;
  private final JsonArrays arrays;

  JudgementResource(
      DatasetFinder datasets,
      SnapshotRepository snapshots,
      JudgementRepository judgements,
      JsonArrays arrays) {
    this.datasets = datasets;
    this.snapshots = snapshots;
    this.judgements = judgements;
    this.arrays = arrays;
  }

  /**
   * A photo, and a caption that was judged for it.
   *
   * @param expert null if experts were not asked
   * @param crowd null if nobody of the crowd was asked
   */
  public record JudgementView(
      String photo, CaptionView caption, ExpertView expert, CrowdView crowd) {

    static JudgementView of(PhotoId photo, Caption caption) {
      Judgement judgement = caption.judgement();
      return new JudgementView(
          photo.value(),
          CaptionView.of(caption),
          judgement.expertMean().isPresent() ? ExpertView.of(judgement) : null,
          judgement.crowdFraction().isPresent() ? CrowdView.of(judgement) : null);
    }
  }

  /**
   * A caption.
   *
   * @param photo that it was written for; often not the judged one
   * @param number among those of its photo; null if the caption file numbers none
   */
  public record CaptionView(String photo, Integer number, String text) {

    static CaptionView of(Caption caption) {
      Integer number = caption.number().isPresent() ? caption.number().getAsInt() : null;
      return new CaptionView(caption.photo().value(), number, caption.text());
    }
  }

  /**
   * What three experts said.
   *
   * @param scores 1 to 4 each
   */
  public record ExpertView(List<Integer> scores, double mean) {

    static ExpertView of(Judgement judgement) {
      return new ExpertView(judgement.expertScores(), judgement.expertMean().getAsDouble());
    }
  }

  /** How many of the crowd said that the caption describes the photo, and that it does not. */
  public record CrowdView(int yes, int no, double fraction) {

    static CrowdView of(Judgement judgement) {
      return new CrowdView(
          judgement.crowdYes(), judgement.crowdNo(), judgement.crowdFraction().getAsDouble());
    }
  }

  /**
   * Every judgement, in the order of the photos' ids and of the captions.
   *
   * @param photo only of the photo of this id or file name
   */
  @GET
  public StreamingOutput all(@RestPath String name, @RestQuery String photo) {
    Dataset dataset = datasets.find(name);
    Optional<PhotoId> wanted = Optional.ofNullable(photo).map(JudgementResource::id);
    Optional<Snapshot> snapshot = snapshots.latestComplete(dataset.name());
    return arrays.of(
        sink ->
            snapshot.ifPresent(
                s ->
                    judgements.forEach(
                        s.id(),
                        wanted,
                        (of, caption) -> sink.accept(JudgementView.of(of, caption)))));
  }

  private static PhotoId id(String photo) {
    try {
      return PhotoId.ofFileName(photo);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badField("photo", photo, "the id of a photo");
    }
  }
}
