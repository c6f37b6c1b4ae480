package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PreparationIdTest {

  private static final ContentHash HASH = ContentHash.of(new byte[] {1});
  private static final ContentHash OTHER = ContentHash.of(new byte[] {2});
  private static final Optional<ExtractorIdentity> EXTRACTOR =
      Optional.of(new ExtractorIdentity("vgg16", "untrained", HASH, "float32"));
  private static final Recipe MIN_COUNT_2 = RecipeFields.read(Map.of("minCount", 2));
  private static final Recipe BICUBIC = RecipeFields.read(Map.of("resize", "bicubic"));
  private static final Recipe ROUGH = RecipeFields.read(Map.of("precision", "bfloat16"));
  private static final Recipe DEEPER = RecipeFields.read(Map.of("extractor", "vgg19"));
  private static final Recipe RESIDUAL = RecipeFields.read(Map.of("extractor", "resnet50"));
  private static final Recipe TURNED = RecipeFields.read(Map.of("exifOrientation", true));
  private static final Recipe UNCLEANED =
      RecipeFields.read(Map.of("cleaning", "none", "minTokenLength", 2));
  private static final Recipe CUT =
      RecipeFields.read(Map.of("tokenizer", "words", "minTokenLength", 2));
  private static final Recipe CUT_IN_THAI =
      RecipeFields.read(Map.of("tokenizer", "words", "minTokenLength", 2, "locale", "th"));
  private static final Recipe HALVED = RecipeFields.read(Map.of("stored", "float16"));

  @Test
  void differsByAllThatDecidesAPreparation() {
    Optional<ExtractorIdentity> other =
        Optional.of(new ExtractorIdentity("vgg16", "untrained", OTHER, "float32"));

    List<PreparationId> ids =
        List.of(
            of("d", HASH, Recipe.TUTORIAL, EXTRACTOR, Optional.empty()),
            of("e", HASH, Recipe.TUTORIAL, EXTRACTOR, Optional.empty()),
            of("d", OTHER, Recipe.TUTORIAL, EXTRACTOR, Optional.empty()),
            of("d", HASH, MIN_COUNT_2, EXTRACTOR, Optional.empty()),
            of("d", HASH, BICUBIC, EXTRACTOR, Optional.empty()),
            of("d", HASH, TURNED, EXTRACTOR, Optional.empty()),
            of("d", HASH, ROUGH, EXTRACTOR, Optional.empty()),
            of("d", HASH, DEEPER, EXTRACTOR, Optional.empty()),
            of("d", HASH, RESIDUAL, EXTRACTOR, Optional.empty()),
            of("d", HASH, HALVED, EXTRACTOR, Optional.empty()),
            of("d", HASH, UNCLEANED, EXTRACTOR, Optional.empty()),
            of("d", HASH, CUT, EXTRACTOR, Optional.empty()),
            of("d", HASH, CUT_IN_THAI, EXTRACTOR, Optional.empty()),
            of("d", HASH, Recipe.TUTORIAL, other, Optional.empty()),
            of("d", HASH, Recipe.TUTORIAL, Optional.empty(), Optional.empty()),
            of("d", HASH, Recipe.TUTORIAL, EXTRACTOR, Optional.of(new JobId(1))),
            of("d", HASH, Recipe.TUTORIAL, EXTRACTOR, Optional.of(new JobId(2))));

    assertThat(ids).doesNotHaveDuplicates();
  }

  /** Changed on purpose only, together with the version of the rules. */
  @Test
  void staysTheSameFromReleaseToRelease() {
    assertThat(tutorial().value()).isEqualTo("36e08996072368a4");
  }

  @Test
  void isTheSameOnAMachineOfAnyLanguage() {
    PreparationId here = tutorial();
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG", "hi-IN-u-nu-deva", "tr")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(tutorial()).as(tag).isEqualTo(here);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcde",
        "0123456789ABCDEF",
        "0123456789abcdef0",
        "../../etc/passwd"
      })
  void refusesOtherForms(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PreparationId(value));
  }

  @Test
  void tellsSubmissionsApart() {
    assertThat(
            Stream.of(
                    new Submission("d", Recipe.TUTORIAL, false, HASH, EXTRACTOR),
                    new Submission("e", Recipe.TUTORIAL, false, HASH, EXTRACTOR),
                    new Submission("d", MIN_COUNT_2, false, HASH, EXTRACTOR),
                    new Submission("d", BICUBIC, false, HASH, EXTRACTOR),
                    new Submission("d", TURNED, false, HASH, EXTRACTOR),
                    new Submission("d", HALVED, false, HASH, EXTRACTOR),
                    new Submission("d", Recipe.TUTORIAL, false, OTHER, EXTRACTOR),
                    new Submission("d", Recipe.TUTORIAL, false, HASH, Optional.empty()))
                .map(Submission::identity))
        .doesNotHaveDuplicates();
    assertThat(new Submission("d", Recipe.TUTORIAL, true, HASH, EXTRACTOR).identity())
        .isEqualTo(new Submission("d", Recipe.TUTORIAL, false, HASH, EXTRACTOR).identity());
  }

  private static PreparationId tutorial() {
    return of("d", HASH, Recipe.TUTORIAL, EXTRACTOR, Optional.empty());
  }

  private static PreparationId of(
      String dataset,
      ContentHash content,
      Recipe recipe,
      Optional<ExtractorIdentity> extractor,
      Optional<JobId> anew) {
    return PreparationId.of(dataset, content, recipe, extractor, anew);
  }
}
