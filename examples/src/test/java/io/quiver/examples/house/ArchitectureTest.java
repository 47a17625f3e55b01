package io.quiver.examples.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.Test;

/**
 * Who may use whom. Plain tests that call {@code check}: rules as annotated fields may silently not
 * be run.
 */
class ArchitectureTest {
  private static final JavaClasses QUIVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(ArchitectureTest::isOursAndNoTest)
          .importPackages("io.quiver");

  /** Jars of tests are not known as such, and the thin driver's jar holds others' classes. */
  private static boolean isOursAndNoTest(Location location) {
    return !location.contains("-tests.jar") && !location.contains("/io/quiver/jdbc/shaded/");
  }

  private static final String ENGINE = "io.quiver.engine..";
  private static final String SQL = "io.quiver.sql..";
  private static final String PLANNER = "io.quiver.planner..";
  private static final String JDBC = "io.quiver.jdbc..";
  private static final String PARQUET = "io.quiver.parquet..";
  private static final String SERVER = "io.quiver.server..";
  private static final String EXAMPLES = "io.quiver.examples..";

  @Test
  void everyModuleIsSeen() {
    for (String module : new String[] {"engine", "sql", "planner", "jdbc", "server", "examples"}) {
      assertThat(QUIVER.containPackage("io.quiver." + module)).as(module).isTrue();
    }
  }

  @Test
  void modulesUseOnlyThoseToTheirLeft() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SQL, PLANNER, JDBC, SERVER, EXAMPLES)
        .check(QUIVER);
    noClasses()
        .that()
        .resideInAPackage(SQL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PLANNER, JDBC, SERVER, EXAMPLES)
        .check(QUIVER);
    noClasses()
        .that()
        .resideInAPackage(PLANNER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JDBC, SERVER, EXAMPLES)
        .check(QUIVER);
    noClasses()
        .that()
        .resideInAPackage(JDBC)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVER, EXAMPLES)
        .check(QUIVER);
    noClasses()
        .that()
        .resideInAPackage(SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(EXAMPLES)
        .check(QUIVER);
  }

  @Test
  void parquetIsKnownToItsModuleAlone() {
    onlyIn(PARQUET, "org.apache.parquet..");
    onlyIn(PARQUET, "dev.hardwood..");
    onlyIn(PARQUET, "org.apache.hadoop..");
    noClasses()
        .that()
        .resideInAPackage(PARQUET)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JDBC, SERVER, EXAMPLES)
        .check(QUIVER);
  }

  @Test
  void engineUsesTheJdkAndBitmapsAlone() {
    classes()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ENGINE,
            "java..",
            "javax..",
            "jdk.incubator.vector..",
            "org.jspecify..",
            "org.roaringbitmap..")
        .check(QUIVER);
  }

  @Test
  void plannerAndSqlEnterTheEngineByItsDoor() {
    noClasses()
        .that()
        .resideInAnyPackage(SQL, PLANNER, JDBC, SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quiver.engine.segment..",
            "io.quiver.engine.index..",
            "io.quiver.engine.kernel..",
            "io.quiver.engine.quantize..",
            "io.quiver.engine.manifest..",
            "io.quiver.engine.compact..")
        .check(QUIVER);
  }

  @Test
  void vectorInstructionsStayInTheKernels() {
    onlyIn("io.quiver.engine.kernel..", "jdk.incubator.vector..");
  }

  @Test
  void metadataDatabaseStaysInTheCatalog() {
    onlyIn("io.quiver.sql.catalog..", "org.h2..");
  }

  @Test
  void engineReachesFilesThroughItsSeamOnly() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .and()
        .resideOutsideOfPackage("io.quiver.engine.io..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "open, write or rename files",
                (JavaClass used) ->
                    used.getName().equals("java.nio.file.Files")
                        || used.getName().equals("java.nio.channels.FileChannel")
                        || used.getName().equals("java.io.File")
                        || used.getName().equals("java.io.RandomAccessFile")
                        || used.getName().startsWith("java.io.File")))
        .check(QUIVER);
  }

  @Test
  void calciteStaysBehindThePlanner() {
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE, JDBC, SERVER, EXAMPLES)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are Calcite's",
                (JavaClass used) ->
                    used.getPackageName().startsWith("org.apache.calcite")
                        && !used.getPackageName().startsWith("org.apache.calcite.avatica")))
        .check(QUIVER);
  }

  @Test
  void avaticaStaysInTheDriver() {
    // Calcite's own types show avatica.util.
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE, SQL, PLANNER, EXAMPLES)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are Avatica's",
                (JavaClass used) ->
                    used.getPackageName().startsWith("org.apache.calcite.avatica")
                        && !used.getPackageName().startsWith("org.apache.calcite.avatica.util")))
        .check(QUIVER);
  }

  @Test
  void packagesHaveNoCycles() {
    // A package at the top of a module is its door: it opens those below, and they use the words it
    // is spoken to in, such as the exceptions it throws. Between all others there is no way
    // round, save that generated parser and hand-written statements know each other.
    slices()
        .matching("io.quiver.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(DescribedPredicate.alwaysTrue(), isDoor())
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(),
            JavaClass.Predicates.resideInAPackage("io.quiver.sql.parser.generated"))
        .check(QUIVER);
  }

  @Test
  void classesAreNamedByTheirIdea() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are ours, not generated",
                type -> !type.getPackageName().startsWith("io.quiver.sql.parser.generated")))
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl)(\\$.*)?")
        .check(QUIVER);
  }

  private static DescribedPredicate<JavaClass> isDoor() {
    return DescribedPredicate.describe(
        "stands at the top of a module",
        type ->
            type.getPackageName().matches("io\\.quiver\\.(engine|planner|jdbc|server|examples)"));
  }

  private static void onlyIn(String home, String guarded) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(guarded)
        .check(QUIVER);
  }
}
