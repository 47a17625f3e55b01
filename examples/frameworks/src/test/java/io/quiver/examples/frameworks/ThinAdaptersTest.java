package io.quiver.examples.frameworks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * An adapter brings nothing: it stands on its framework and the driver, which are the
 * application's.
 */
class ThinAdaptersTest {
  @ParameterizedTest
  @CsvSource({
    "langchain4j, dev.langchain4j",
    "spring-ai, org.springframework",
    "hibernate, org.hibernate.orm"
  })
  void nothingIsBroughtAlong(String module, String framework) throws Exception {
    Path pom =
        Path.of(System.getProperty("quiver.root")).resolve("jdbc-driver/" + module + "/pom.xml");
    NodeList dependencies =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getElementsByTagName("dependency");
    List<String> provided = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      assertThat(text(dependency, "scope"))
          .as("scope of %s in %s", text(dependency, "artifactId"), pom)
          .isIn("provided", "test");
      if (text(dependency, "scope").equals("provided")) {
        provided.add(text(dependency, "groupId"));
      }
    }
    assertThat(provided)
        .isNotEmpty()
        .allMatch(group -> group.startsWith(framework) || group.equals("io.quiver"));
  }

  private static String text(Element element, String child) {
    NodeList children = element.getElementsByTagName(child);
    return children.getLength() == 0 ? "compile" : children.item(0).getTextContent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "io.quiver.langchain4j | dev.langchain4j.. com.fasterxml.jackson..",
        "io.quiver.springai | org.springframework.. io.micrometer.observation.. tools.jackson..",
        "io.quiver.hibernate | org.hibernate.. jakarta.persistence.. io.quiver.jdbc"
      })
  void nothingElseIsUsed(String adapter, String framework) {
    String[] allowed =
        Stream.concat(
                Stream.of(adapter, "java..", "javax.sql..", "org.jspecify.."),
                Stream.of(framework.split(" ")))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(adapter)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(adapter));
  }
}
