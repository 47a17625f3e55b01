package io.quiver.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quiver.server.operate.ServerOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The files that put a server or a client where it belongs, against what the archive holds. */
class DeploymentTest {
  @TempDir static Path directory;
  private static Archive archive;
  private static Path home;

  @BeforeAll
  static void unpack() throws Exception {
    archive = Archive.unpackedIn(directory);
    home = archive.home();
  }

  private static String file(String name) throws Exception {
    return Files.readString(home.resolve(name), UTF_8);
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static void checkOptions(String text) {
    List<String> known = Arrays.stream(ServerOption.values()).map(ServerOption::variable).toList();
    assertThat(found("QUIVER_[A-Z_]+", text)).isNotEmpty().isSubsetOf(known);
  }

  private static void checkPaths(String text) {
    List<String> named = found("(?<=/opt/quiver/)[\\w./-]*\\w", text);
    assertThat(named).isNotEmpty().allSatisfy(path -> assertThat(home.resolve(path)).exists());
    assertThat(home.resolve("bin/quiver")).isExecutable();
  }

  @Test
  void theContainerfileNamesWhatThereIs() throws Exception {
    String text = file("docs/deploy/Containerfile");
    checkPaths(text);
    checkOptions(text);
    Matcher add = Pattern.compile("(?m)^ADD --chown=root (\\S+) /opt/$").matcher(text);
    assertThat(add.find()).isTrue();
    Path file = Path.of("server/distribution/target").resolve(archive.file().getFileName());
    PathMatcher glob = file.getFileSystem().getPathMatcher("glob:" + add.group(1));
    assertThat(glob.matches(file)).as(add.group(1)).isTrue();
    assertThat(text).contains("ln -s /opt/quiver-*/ /opt/quiver");
    assertThat(text)
        .contains("ENTRYPOINT [\"/opt/quiver/bin/quiver\"]\nCMD [\"server\"]")
        .contains("EXPOSE " + ServerOption.PORT.defaultValue())
        .doesNotContain("USER root");
    List<String> instructions = found("^[A-Z]+(?= )", text.replace("\\\n", " "));
    assertThat(instructions)
        .isSubsetOf(
            "FROM",
            "RUN",
            "ADD",
            "USER",
            "ENV",
            "VOLUME",
            "EXPOSE",
            "STOPSIGNAL",
            "ENTRYPOINT",
            "CMD");
  }

  @Test
  void theUnitNamesWhatThereIs() throws Exception {
    String text = file("docs/deploy/quiver.service");
    checkPaths(text);
    checkOptions(text);
    assertThat(text).contains("SuccessExitStatus=143");
  }

  /** By systemd itself, with the paths of this archive. */
  @Test
  void systemdTakesTheUnit() throws Exception {
    Path tool = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(tool), "there is no systemd-analyze here");
    Path unit = directory.resolve("quiver.service");
    Files.writeString(unit, file("docs/deploy/quiver.service").replace("/opt/quiver/", home + "/"));
    Process check =
        new ProcessBuilder(tool.toString(), "verify", "--man=no", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.contains("quiver"))).isEmpty();
  }

  /** The page's table and the ready definition say the same, and the thin jar bears it out. */
  @Test
  void dbeaverIsToldTheTruth() throws Exception {
    Map<String, String> page = new HashMap<>();
    Matcher rows =
        Pattern.compile("(?m)^ *\\| ([A-Z][\\w ]+) \\| `?([^`|]+?)`? \\|$")
            .matcher(file("docs/dbeaver.md"));
    while (rows.find()) {
      page.put(rows.group(1), rows.group(2));
    }
    Element definition =
        (Element)
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(home.resolve("docs/deploy/dbeaver-drivers.xml").toFile())
                .getElementsByTagName("driver")
                .item(0);
    Map<String, String> ready = new LinkedHashMap<>();
    ready.put("Driver Name", definition.getAttribute("name"));
    ready.put("Driver Type", "Generic");
    ready.put("Class Name", definition.getAttribute("class"));
    ready.put("URL Template", definition.getAttribute("url"));
    ready.put("Default Port", definition.getAttribute("port"));
    ready.put("Default Database", definition.getAttribute("defaultDatabase"));
    ready.put("Default User", definition.getAttribute("defaultUser"));
    assertThat(page).containsExactlyInAnyOrderEntriesOf(ready);
    assertThat(((Element) definition.getParentNode()).getAttribute("id")).isEqualTo("generic");
    assertThat(page.get("Default Port")).isEqualTo(ServerOption.PORT.defaultValue());
    Element library = (Element) definition.getElementsByTagName("library").item(0);
    Path jar = home.resolve(library.getAttribute("path").replace("/opt/quiver/", ""));
    assertThat(jar).exists();
    connect(jar, page.get("Class Name"), page.get("URL Template"));
  }

  /** As DBeaver does: by nothing but the jar, the class, the template and the properties. */
  private static void connect(Path jar, String className, String template) throws Exception {
    Process server =
        archive
            .process("server", "--dir", directory.resolve("db").toString(), "--port", "0")
            .redirectError(directory.resolve("server.log").toFile())
            .start();
    try (BufferedReader said =
            new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      String password = said(said).replaceAll(".* the password (\\S+) .*", "$1");
      String port = said(said).replaceAll(".*:(\\d+)/public$", "$1");
      String url =
          template
              .replace("[", "")
              .replace("]", "")
              .replace("{host}", "127.0.0.1")
              .replace("{port}", port)
              .replace("{database}", "public");
      Driver driver = (Driver) loader.loadClass(className).getDeclaredConstructor().newInstance();
      assertThat(driver.acceptsURL(url)).isTrue();
      assertThat(driver.getPropertyInfo(url, new Properties()))
          .extracting(DriverPropertyInfo.class::cast)
          .extracting(info -> info.name)
          .contains("ssl", "ssl_root_cert");
      Properties login = new Properties();
      login.put("user", "admin");
      login.put("password", password);
      try (Connection connection = driver.connect(url, login);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, e VECTOR(2))");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?,?)")) {
          for (int i = 1; i <= 3; i++) {
            insert.setLong(1, i);
            insert.setObject(2, new float[] {1, i});
            insert.addBatch();
          }
          assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
        }
        try (PreparedStatement search =
            connection.prepareStatement("SELECT id, e FROM VECTOR_SEARCH('t', 'e', ?, 1)")) {
          search.setObject(1, new float[] {1, 3});
          try (ResultSet rows = search.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(3);
            assertThat(rows.getString(2)).isEqualTo("[1.0,3.0]");
          }
        }
      }
    } finally {
      server.destroy();
      server.waitFor(60, TimeUnit.SECONDS);
      server.destroyForcibly();
    }
  }

  private static String said(BufferedReader server) throws IOException {
    String line = server.readLine();
    assertThat(line).as("what the server says when it has started").isNotNull();
    return line;
  }

  /** The thin driver brings its HTTP client in its own jar, renamed. */
  @Test
  void noLibraryIsThereTwice() throws Exception {
    try (var jars = Files.list(home.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .noneMatch(jar -> jar.startsWith("httpclient5") || jar.startsWith("httpcore5-h2"));
    }
  }
}
