package io.quiver.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, as a browser without a screen shows it. */
class PageTest {
  private static final long PATIENCE = 10_000;

  @TempDir Path temporary;

  @Test
  void asksAndShowsPassagesWithTheirScores() throws Exception {
    Path folder = temporary.resolve("texts");
    RunningService.write(folder);
    try (RunningService service = new RunningService("jdbc:quiver::memory:page", folder);
        WebClient browser = new WebClient(BrowserVersion.FIREFOX)) {
      browser.getOptions().setFetchPolyfillEnabled(true);
      service.read();
      HtmlPage page = browser.getPage(service.address() + "/");
      browser.waitForBackgroundJavaScript(PATIENCE);
      assertThat(page.getTitleText()).isEqualTo("Ask Quiver");
      assertThat(text(page, "problem")).isEmpty();
      assertThat(text(page, "state")).isEqualTo("The folder is read; 4 passages were new.");
      HtmlSelect tenant = page.getHtmlElementById("tenant");
      assertThat(tenant.getOptions().stream().map(option -> option.getText()).toList())
          .containsExactly("north (3)", "south (1)");
      assertThat(page.getElementById("reply").isDisplayed()).isFalse();

      ask(browser, page, "is my data safe after a crash");
      assertThat(page.getElementById("reply").isDisplayed()).isTrue();
      assertThat(text(page, "answer")).contains("crash");
      DomNode first = page.querySelector("#passages li");
      assertThat(first.querySelector("h2").getTextContent()).isEqualTo("Storage > Writes");
      assertThat(first.querySelector(".from").getTextContent())
          .isEqualTo("north/storage.md, north, 2024-03-01");
      List<String> scores =
          first.querySelectorAll(".scores span").stream().map(DomNode::getTextContent).toList();
      assertThat(scores).hasSize(4);
      assertThat(scores.get(0)).matches("tokens 0\\.\\d{3}");
      assertThat(scores.get(1)).matches("fused 0\\.0\\d{3}");
      assertThat(scores.get(2)).matches("meaning 0\\.\\d{3}");
      assertThat(scores.get(3)).matches("words \\d+\\.\\d\\d");

      // Filters of the page reach the search.
      tenant.setSelectedAttribute("south", true);
      ask(browser, page, "log");
      assertThat(page.querySelectorAll("#passages li")).hasSize(1);
      ((HtmlInput) page.getElementById("until")).setValue("2020-01-01");
      ask(browser, page, "log");
      assertThat(page.querySelectorAll("#passages li")).isEmpty();
      assertThat(text(page, "answer")).isEqualTo("Nothing was found that answers this.");

      RunningService.put(folder.resolve("south/pond.md"), "2025-05-05", "The pond has two frogs.");
      ((HtmlButton) page.getElementById("read")).click();
      browser.waitForBackgroundJavaScript(PATIENCE);
      assertThat(text(page, "state")).isEqualTo("The folder is read; 1 passages were new.");
      assertThat(tenant.getSelectedOptions().getFirst().getText()).isEqualTo("south (2)");
    }
  }

  private static void ask(WebClient browser, HtmlPage page, String question) throws Exception {
    ((HtmlInput) page.getElementById("question")).setValue(question);
    ((HtmlButton) page.getElementById("go")).click();
    browser.waitForBackgroundJavaScript(PATIENCE);
    assertThat(text(page, "problem")).isEmpty();
  }

  private static String text(HtmlPage page, String id) {
    DomElement element = page.getElementById(id);
    return element.getTextContent();
  }
}
