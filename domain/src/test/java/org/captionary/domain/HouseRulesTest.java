package org.captionary.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.captionary.domain.offenders.Unsteady;
import org.captionary.domain.offenders.UsesTheWholeWorld;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.ChunkRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house for the domain; beside each, a class that breaks it is reported. */
final class HouseRulesTest {

  private static final String DOMAIN = "org.captionary.domain";
  private static final String OFFENDERS = DOMAIN + ".offenders";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(DOMAIN);

  private static final JavaClasses OFFENDING = new ClassFileImporter().importPackages(OFFENDERS);

  private static final ArchRule KNOWS_JAVA_AND_ICU_ALONE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "com.ibm.icu..", DOMAIN + "..");

  /** What gives other results on another machine or at another moment: class and methods. */
  private static final Map<String, Set<String>> UNSTEADY =
      Map.ofEntries(
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.lang.StrictMath", Set.of("random")),
          Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalTime", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry(
              "java.time.Clock",
              Set.of(
                  "system",
                  "systemUTC",
                  "systemDefaultZone",
                  "tickMillis",
                  "tickMinutes",
                  "tickSeconds")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")));

  /** Those that are steady when given a locale, a seed or a source of chance. */
  private static final Pattern UNSTEADY_OVERLOAD =
      Pattern.compile(
          Stream.of(
                  "java.util.Random.<init>()",
                  "java.util.SplittableRandom.<init>()",
                  "java.util.Collections.shuffle(java.util.List)",
                  "java.lang.String.toLowerCase()",
                  "java.lang.String.toUpperCase()",
                  "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
                  "java.lang.String.formatted([Ljava.lang.Object;)")
              .map(Pattern::quote)
              .reduce((a, b) -> a + "|" + b)
              .orElseThrow());

  private static final ArchRule IS_STEADY =
      noClasses()
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "the result depends on machine or moment", HouseRulesTest::isUnsteady));

  private static boolean isUnsteady(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    return UNSTEADY.getOrDefault(owner, Set.of()).contains(access.getName())
        || UNSTEADY_OVERLOAD.matcher(access.getTarget().getFullName()).matches();
  }

  /**
   * photo, caption, vocabulary, training, preparation: each knows only those before it; evaluation
   * stands beside vocabulary.
   */
  private static ArchRule layers(String root) {
    return layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(root + "..")
        .withOptionalLayers(true)
        .layer("photo")
        .definedBy(root + ".photo..")
        .layer("caption")
        .definedBy(root + ".caption..")
        .layer("vocabulary")
        .definedBy(root + ".vocabulary..")
        .layer("evaluation")
        .definedBy(root + ".evaluation..")
        .layer("training")
        .definedBy(root + ".training..")
        .layer("preparation")
        .definedBy(root + ".preparation..")
        .whereLayer("preparation")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("training")
        .mayOnlyBeAccessedByLayers("preparation")
        .whereLayer("vocabulary")
        .mayOnlyBeAccessedByLayers("training", "preparation")
        .whereLayer("evaluation")
        .mayOnlyBeAccessedByLayers("preparation")
        .whereLayer("caption")
        .mayOnlyBeAccessedByLayers("vocabulary", "evaluation", "training", "preparation")
        .whereLayer("photo")
        .mayOnlyBeAccessedByLayers(
            "caption", "vocabulary", "evaluation", "training", "preparation");
  }

  private static ArchRule noCycles(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  @Test
  void looksAtTheWholeDomainAndNoTests() {
    assertThat(MAIN.contain(PhotoId.class)).isTrue();
    assertThat(MAIN.contain(ChunkRunner.class)).isTrue();
    assertThat(MAIN.contain(Unsteady.class)).isFalse();
    assertThat(MAIN.contain(HouseRulesTest.class)).isFalse();
  }

  @Test
  void theDomainKnowsJavaAndIcuAlone() {
    KNOWS_JAVA_AND_ICU_ALONE.check(MAIN);
  }

  @Test
  void anotherLibraryIsReported() {
    assertThat(reports(KNOWS_JAVA_AND_ICU_ALONE, OFFENDING))
        .isNotEmpty()
        .allMatch(line -> line.contains(UsesTheWholeWorld.class.getName()));
  }

  @Test
  void packagesKnowThoseBeforeThemAlone() {
    layers(DOMAIN).check(MAIN);
  }

  @Test
  void aPhotoClassThatKnowsCaptionsIsReported() {
    assertThat(reports(layers(OFFENDERS), OFFENDING))
        .isNotEmpty()
        .allMatch(line -> line.contains("KnowsCaptions"));
  }

  @Test
  void packagesHaveNoCycles() {
    noCycles(DOMAIN).check(MAIN);
  }

  @Test
  void aCycleIsReported() {
    assertThat(reports(noCycles(OFFENDERS + ".cycle"), OFFENDING)).hasSize(1);
  }

  @Test
  void resultsDependOnNeitherMachineNorMoment() {
    IS_STEADY.check(MAIN);
  }

  static Stream<String> unsteadyMethods() {
    return Arrays.stream(Unsteady.class.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .map(Method::getName);
  }

  @ParameterizedTest
  @MethodSource("unsteadyMethods")
  void eachUnsteadyCallIsReported(String method) {
    assertThat(reports(IS_STEADY, OFFENDING))
        .anyMatch(line -> line.contains(Unsteady.class.getName() + "." + method + "("));
  }

  private static List<String> reports(ArchRule rule, JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }
}
