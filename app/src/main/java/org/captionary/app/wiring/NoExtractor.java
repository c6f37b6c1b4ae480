package org.captionary.app.wiring;

import java.util.List;
import java.util.Set;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemType;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;

/** Stands for the extractor on a node that only serves: another one has to be asked. */
final class NoExtractor implements FeatureExtractor {

  @Override
  public ExtractorIdentity identity() {
    throw refused();
  }

  @Override
  public Set<FeatureLayer> layers() {
    throw refused();
  }

  @Override
  public List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
    throw refused();
  }

  private static ProblemException refused() {
    return ProblemException.of(
        ProblemType.UNAVAILABLE, "This node only serves (captionary.role is serve); ask another.");
  }
}
