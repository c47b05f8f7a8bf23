package org.perdita.lab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Stream.concat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.perdita.lab.experiment.Refusal;

/** What knows what, where no module stands between. */
@AnalyzeClasses(packages = "org.perdita", importOptions = ImportOption.DoNotIncludeTests.class)
class LabWallsTest {
  private static final String LAB = "org.perdita.lab";
  private static final String[] ENGINE = {"org.perdita.pytorch..", "org.bytedeco.."};

  @ArchTest static final ArchRule EXPERIMENT = knows("experiment");
  @ArchTest static final ArchRule RUN = knows("run", "experiment");

  /** It differentiates a critic twice and runs small networks, which is the engine's work. */
  @ArchTest static final ArchRule GOLDEN = knowsOfTheLab("golden", "metrics", "coco", "image");

  @ArchTest static final ArchRule REPORT = knows("report", "experiment", "run", "parity");
  @ArchTest static final ArchRule PARITY = knowsOfTheLab("parity");
  @ArchTest static final ArchRule COCO = knows("coco", "data");
  @ArchTest static final ArchRule IMAGE = knows("image");
  @ArchTest static final ArchRule DATA = knows("data");
  @ArchTest static final ArchRule METRICS = knows("metrics");

  /** A room knows no engine, and of the lab only itself, {@code others}, and how to refuse. */
  private static ArchRule knows(String room, String... others) {
    return rule(room, foreign(room, others).or(resideInAnyPackage(ENGINE)))
        .as(sentence(room + " knows no engine, and of the lab only itself, Refusal, ", others));
  }

  /** As {@link #knows}, with the engine. */
  private static ArchRule knowsOfTheLab(String room, String... others) {
    return rule(room, foreign(room, others))
        .as(sentence(room + " knows of the lab only itself, Refusal, ", others));
  }

  private static DescribedPredicate<JavaClass> foreign(String room, String... others) {
    String[] rooms =
        concat(Stream.of(room), Stream.of(others))
            .map(r -> LAB + "." + r + "..")
            .toArray(String[]::new);
    return resideInAPackage(LAB + "..")
        .and(not(resideInAnyPackage(rooms)))
        .and(not(type(Refusal.class)));
  }

  private static ArchRule rule(String room, DescribedPredicate<JavaClass> unknown) {
    return noClasses()
        .that(resideInAPackage(LAB + "." + room + ".."))
        .should()
        .dependOnClassesThat(unknown)
        .allowEmptyShould(true);
  }

  private static String sentence(String start, String... others) {
    return start + String.join(", ", others);
  }
}
