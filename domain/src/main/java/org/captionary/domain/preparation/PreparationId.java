package org.captionary.domain.preparation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;

/**
 * Names a preparation by what it is made from, so that the same data, recipe and weights have the
 * same address on every installation.
 *
 * @param value 16 lower-case hexadecimal digits
 */
public record PreparationId(String value) {

  /** Raised when the same inputs begin to give other rows: cleaning, numbering, encoding. */
  private static final int RULES = 1;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

  public PreparationId {
    if (!isId(value)) {
      throw new IllegalArgumentException("16 hexadecimal digits expected: " + value);
    }
  }

  /** Whether a preparation can be named so. */
  public static boolean isId(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * The name of what a job makes; a forced one makes something else than the one that it repeats.
   *
   * @param content of the job's snapshot
   */
  static PreparationId of(Job job, ContentHash content) {
    Optional<JobId> anew = job.force() ? Optional.of(job.id()) : Optional.empty();
    return of(job.dataset(), content, job.recipe(), job.extractor(), anew);
  }

  /**
   * @param anew tells a forced run from the one it repeats; empty: not forced
   */
  static PreparationId of(
      String dataset,
      ContentHash content,
      Recipe recipe,
      Optional<ExtractorIdentity> extractor,
      Optional<JobId> anew) {
    String made =
        String.format(
            Locale.ROOT,
            "rules %d\ndataset %s\ncontent %s\nrecipe %s\nextractor %s\nanew %s",
            RULES,
            dataset,
            content,
            RecipeFields.identity(recipe),
            extractor.map(ExtractorIdentity::toString).orElse(""),
            anew.map(job -> String.valueOf(job.value())).orElse(""));
    return new PreparationId(
        ContentHash.of(made.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16));
  }

  @Override
  public String toString() {
    return value;
  }
}
