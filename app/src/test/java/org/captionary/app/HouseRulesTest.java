package org.captionary.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may know whom. Each rule is shown classes that break it, so that it is known to bite. */
class HouseRulesTest {

  private static final String APP = "org.captionary.app..";
  private static final String WIRING = "org.captionary.app.wiring..";
  private static final String PERSISTENCE = "org.captionary.persistence..";
  private static final String INFERENCE = "org.captionary.inference..";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.captionary");
  private static final JavaClasses WITH_OFFENDERS =
      new ClassFileImporter().importPackages("org.captionary");

  enum Rule {
    PERSISTENCE_DOES_NOT_KNOW_INFERENCE(
        noClasses()
            .that()
            .resideInAPackage(PERSISTENCE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(INFERENCE)),
    INFERENCE_DOES_NOT_KNOW_PERSISTENCE(
        noClasses()
            .that()
            .resideInAPackage(INFERENCE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PERSISTENCE)),
    ADAPTERS_DO_NOT_KNOW_THE_APP(
        noClasses()
            .that()
            .resideInAnyPackage(PERSISTENCE, INFERENCE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(APP)),
    ONLY_WIRING_NAMES_AN_ADAPTER(
        noClasses()
            .that()
            .resideInAPackage(APP)
            .and()
            .resideOutsideOfPackage(WIRING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PERSISTENCE, INFERENCE)),
    AN_ADAPTER_IS_PUBLIC_ONLY_FOR_WIRING(
        classes()
            .that()
            .resideInAnyPackage(PERSISTENCE, INFERENCE)
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should(beNamedByWiring()));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule rule) {
    assertThat(rule.rule.evaluate(HOUSE).getFailureReport().getDetails()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule rule) {
    Stream<String> reported =
        rule.rule.evaluate(WITH_OFFENDERS).getFailureReport().getDetails().stream();

    assertThat(reported.filter(detail -> detail.contains(".offender."))).isNotEmpty();
  }

  private static ArchCondition<JavaClass> beNamedByWiring() {
    return new ArchCondition<>("be named by wiring") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean named =
            type.getDirectDependenciesToSelf().stream()
                .anyMatch(use -> use.getOriginClass().getPackageName().endsWith(".app.wiring"));
        events.add(new SimpleConditionEvent(type, named, type.getName() + " is public"));
      }
    };
  }
}
