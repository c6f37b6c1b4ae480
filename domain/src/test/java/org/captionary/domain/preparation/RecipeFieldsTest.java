package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.VersionInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.Cleaning;
import org.captionary.domain.caption.CleaningRules;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.Tokenizer;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.vocabulary.StartEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipeFieldsTest {

  private static final Recipe RICH =
      new Recipe(
          CaptionChoice.ALL,
          new Split("train"),
          OptionalInt.of(10),
          new CleaningRules(Cleaning.UNICODE, Tokenizer.WORDS, new ULocale("zh_Hant_TW"), 3, true),
          5,
          Optional.of(new StartEnd("begin", "stop")),
          true,
          new JudgementFilter(OptionalDouble.of(2.5), OptionalDouble.of(0)),
          Network.VGG19,
          Set.of(FeatureLayer.FC2, FeatureLayer.BLOCK5_POOL),
          new Rendering(Resize.LANCZOS, true),
          Precision.BFLOAT16,
          StoredType.FLOAT16);

  @Test
  void takesTheTutorialsForWhatIsLeftOut() {
    assertThat(RecipeFields.read(Map.of())).isEqualTo(Recipe.TUTORIAL);
  }

  @Test
  void writesTheTutorialsRecipeInFull() {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("captions", "first");
    written.put("fitOn", "all");
    written.put("limit", null);
    written.put("cleaning", "tutorial");
    written.put("tokenizer", "whitespace");
    written.put("locale", "und");
    written.put("minTokenLength", 2);
    written.put("lettersOnly", false);
    written.put("minCount", 1);
    written.put("startEnd", false);
    written.put("outOfVocabulary", false);
    written.put("minExpertScore", null);
    written.put("minCrowdYes", null);
    written.put("extractor", "vgg16");
    written.put("features", "avg");
    written.put("resize", "nearest");
    written.put("exifOrientation", false);
    written.put("precision", "float32");
    written.put("stored", "float32");

    assertThat(RecipeFields.write(Recipe.TUTORIAL).entrySet())
        .containsExactlyElementsOf(written.entrySet());
  }

  @Test
  void readsEveryField() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("captions", "all");
    fields.put("fitOn", "train");
    fields.put("limit", 10);
    fields.put("cleaning", "unicode");
    fields.put("tokenizer", "words");
    fields.put("locale", "zh-hant-tw");
    fields.put("minTokenLength", 3);
    fields.put("lettersOnly", true);
    fields.put("minCount", 5);
    fields.put("startEnd", List.of("BEGIN", "Stop"));
    fields.put("outOfVocabulary", true);
    fields.put("minExpertScore", 2.5);
    fields.put("minCrowdYes", 0);
    fields.put("extractor", "vgg19");
    fields.put("features", List.of("fc2", "block5_pool"));
    fields.put("resize", "lanczos");
    fields.put("exifOrientation", true);
    fields.put("precision", "bfloat16");
    fields.put("stored", "float16");

    assertThat(RecipeFields.read(fields)).isEqualTo(RICH);
  }

  @Test
  void readsWhatItWrote() {
    Recipe none = RecipeFields.read(Map.of("features", "none", "startEnd", true));

    for (Recipe recipe : List.of(Recipe.TUTORIAL, RICH, none)) {
      assertThat(RecipeFields.read(RecipeFields.write(recipe))).isEqualTo(recipe);
    }
    assertThat(none.features()).isEmpty();
    assertThat(none.startEnd()).contains(StartEnd.TUTORIAL);
  }

  @Test
  void writesEqualRecipesAlikeHoweverTheyWereGiven() {
    assertThat(RecipeFields.write(read("features", List.of("fc2", "fc1"))))
        .isEqualTo(RecipeFields.write(read("features", List.of("fc1", "fc2"))));
    assertThat(RecipeFields.write(read("features", List.of("avg"))))
        .isEqualTo(RecipeFields.write(read("features", "avg")));
    assertThat(RecipeFields.write(read("startEnd", List.of("startseq", "endseq"))))
        .isEqualTo(RecipeFields.write(read("startEnd", true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"network", "icu", "minexpertscore", "Captions", ""})
  void refusesUnknownFieldsByName(String field) {
    assertThatThrownBy(() -> read(field, "x"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.value()).isEqualTo("x");
              assertThat(e.allowed()).contains("captions", "fitOn", "features");
            });
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("captions", "worst", "FIRST", "", 1, true, null, List.of("first")),
        refusal("fitOn", "Train", "", "a b", 1, null, List.of("train")),
        refusal("limit", 0, -1, "5", 1.5, 5L, true, List.of(5)),
        refusal("cleaning", "Unicode", "off", "", 1, true, null, List.of("none")),
        refusal("tokenizer", "WORDS", "jieba", "", 1, true, null, List.of("words")),
        refusal("locale", "zh_CN", "", "x", "toolongalanguage", "tr", "-".repeat(3), 1, null),
        refusal("locale", "en-x" + "-abcdefgh".repeat(12), List.of("zh")),
        refusal("minTokenLength", 0, -1, "2", 2.0, null),
        refusal("lettersOnly", "true", 1, null, List.of()),
        refusal("minCount", 0, -3, "1", 1L << 40, null),
        refusal("outOfVocabulary", "false", 0, null),
        refusal("minExpertScore", 0.99, 4.01, -1, "3", true, Double.NaN, List.of(3)),
        refusal("minCrowdYes", -0.01, 1.01, 50, "0.5", true, Double.NaN, List.of(0.5)),
        refusal("extractor", "VGG16", "resnet", "", 16, true, null, List.of("vgg16")),
        refusal("resize", "NEAREST", "area", "", 1, true, null, List.of("box")),
        refusal("exifOrientation", "true", 1, null, List.of()),
        refusal("precision", "float16", "BFLOAT16", 32, null),
        refusal("stored", "FLOAT16", "half", "", 16, true, null, List.of("float16")),
        refusal("startEnd", "true", 1, null, List.of("a"), List.of("a", 1), List.of("a", "b", "c")),
        refusal(
            "features", "vgg", "AVG", "", null, 3, List.of(), List.of("none"), List.of("avg", 1)),
        refusal("features", Arrays.asList("avg", null), Map.of("avg", 1)));
  }

  private static Arguments refusal(String field, Object... values) {
    return Arguments.of(field, Arrays.asList(values));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatAFieldCannotHold(String field, List<Object> values) {
    for (Object value : values) {
      assertThatThrownBy(() -> read(field, value))
          .as("%s: %s", field, value)
          .isInstanceOfSatisfying(
              InvalidInputException.class,
              e -> {
                assertThat(e.field()).isEqualTo(field);
                assertThat(e.value()).isEqualTo(value);
                assertThat(e.allowed()).isNotEmpty().doesNotContain("");
              });
    }
  }

  /** {@code avg} of another length, and no dense layers. */
  @Test
  void takesTheLayersOfTheExtractor() {
    assertThat(read("extractor", "vgg19").layers()).containsExactly(FeatureLayer.AVG);
    assertThat(read("extractor", "resnet50").layers()).containsExactly(FeatureLayer.RESNET_AVG);
    Map<String, Object> both =
        Map.of("extractor", "resnet50", "features", List.of("avg", "conv5_block3_out"));
    assertThat(RecipeFields.read(both).layers())
        .containsExactly(FeatureLayer.CONV5_BLOCK3_OUT, FeatureLayer.RESNET_AVG);
    assertThatThrownBy(
            () -> RecipeFields.read(Map.of("extractor", "resnet50", "features", "block5_pool")))
        .hasMessage(
            "features: block5_pool is not allowed;"
                + " allowed: none, a list of layers, conv5_block3_out, avg");
    assertThatThrownBy(() -> read("features", "conv5_block3_out"))
        .hasMessageEndingWith("allowed: none, a list of layers, block5_pool, avg, fc1, fc2");
  }

  @Test
  void refusesAStartWordByItself() {
    assertThatThrownBy(() -> read("startEnd", List.of("<start>", "end")))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo("startEnd");
              assertThat(e.value()).isEqualTo("<start>");
            });
  }

  @Test
  void saysWhichFiltersThereAre() {
    assertThatThrownBy(() -> read("resize", "area"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.allowed())
                    .containsExactly(
                        "nearest", "bilinear", "bicubic", "lanczos", "box", "hamming"));
  }

  @Test
  void saysWhichTypesFeaturesAreStoredIn() {
    assertThatThrownBy(() -> read("stored", "bfloat16"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.allowed()).containsExactly("float32", "float16"));
  }

  @Test
  void readsALocaleInItsUsualForm() {
    Map<String, String> written =
        Map.of("zh-hant-tw", "zh-Hant-TW", "TR", "tr", "und", "und", "nb-NO", "nb-NO");

    written.forEach(
        (given, usual) -> {
          Recipe recipe = RecipeFields.read(Map.of("tokenizer", "words", "locale", given));
          assertThat(RecipeFields.write(recipe)).containsEntry("locale", usual);
        });
    assertThat(read("locale", "und")).isEqualTo(Recipe.TUTORIAL);
  }

  @Test
  void refusesALocaleThatWouldBePassedOver() {
    assertThatThrownBy(() -> RecipeFields.read(Map.of("cleaning", "none", "locale", "tr")))
        .hasMessage(
            "locale: tr is not allowed;"
                + " allowed: und, unless cleaning is unicode or tokenizer is words");
  }

  @Test
  void dropsShortTokensByDefaultOnlyAsTheTutorialDoes() {
    assertThat(minTokenLength(Map.of())).isEqualTo(2);
    assertThat(minTokenLength(Map.of("tokenizer", "words"))).isEqualTo(1);
    assertThat(minTokenLength(Map.of("cleaning", "unicode"))).isEqualTo(1);
    assertThat(minTokenLength(Map.of("cleaning", "none"))).isEqualTo(1);
    assertThat(minTokenLength(Map.of("cleaning", "unicode", "minTokenLength", 2))).isEqualTo(2);
  }

  private static int minTokenLength(Map<String, Object> fields) {
    return RecipeFields.read(fields).cleaning().minTokenLength();
  }

  /** Its tables decide there, and other versions may have others. */
  @Test
  void identifiesARecipeWithTheVersionOfIcuWhereItCuts() {
    String version = VersionInfo.ICU_VERSION.toString();
    assertThat(RecipeFields.identity(read("tokenizer", "words"))).containsEntry("icu", version);
    assertThat(RecipeFields.identity(read("cleaning", "unicode"))).containsEntry("icu", version);
    assertThat(RecipeFields.identity(read("cleaning", "none"))).doesNotContainKey("icu");
    assertThat(RecipeFields.identity(Recipe.TUTORIAL))
        .doesNotContainKeys(
            "icu", "cleaning", "tokenizer", "locale", "minExpertScore", "minCrowdYes", "extractor");
  }

  @Test
  void identifiesARecipeByItsBoundsHoweverTheyAreWritten() {
    assertThat(RecipeFields.identity(read("minExpertScore", 3)))
        .containsEntry("minExpertScore", 3.0)
        .isEqualTo(RecipeFields.identity(read("minExpertScore", 3.0)));
    assertThat(RecipeFields.identity(read("minCrowdYes", -0.0)))
        .containsEntry("minCrowdYes", 0.0)
        .isEqualTo(RecipeFields.identity(read("minCrowdYes", 0)));
    assertThat(read("minExpertScore", null)).isEqualTo(Recipe.TUTORIAL);
    assertThat(read("minCrowdYes", null)).isEqualTo(Recipe.TUTORIAL);
  }

  @Test
  void takesNullForNoLimit() {
    assertThat(read("limit", null).limit()).isEmpty();
    assertThat(read("limit", 1).limit()).hasValue(1);
  }

  private static Recipe read(String field, Object value) {
    return RecipeFields.read(Collections.singletonMap(field, value));
  }
}
