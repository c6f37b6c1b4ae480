package org.captionary.domain.preparation;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;

/**
 * A wish for a job.
 *
 * @param fingerprint of the data set's files now
 * @param extractor that would run; empty if the recipe asks for no features
 */
public record Submission(
    String dataset,
    Recipe recipe,
    boolean force,
    ContentHash fingerprint,
    Optional<ExtractorIdentity> extractor) {

  /** Equal for two submissions that would give the same preparation. */
  public ContentHash identity() {
    String text =
        String.join(
            "\n",
            dataset,
            RecipeFields.identity(recipe).toString(),
            fingerprint.hex(),
            extractor.map(ExtractorIdentity::toString).orElse(""));
    return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
