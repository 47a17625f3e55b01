package io.quiver.examples.rag;

import io.quiver.examples.embedding.MiniLmEmbedder;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the page talks to. */
@RestController
class AskController {
  private static final LocalDate EARLIEST = LocalDate.of(1, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);
  private static final int MOST = 50;

  private final Retrieval retrieval;
  private final Answerer answerer;
  private final MiniLmEmbedder embedder;
  private final IngestJob ingest;
  private final JdbcTemplate jdbc;
  private final PassageTable table;

  AskController(
      Retrieval retrieval,
      Answerer answerer,
      MiniLmEmbedder embedder,
      IngestJob ingest,
      JdbcTemplate jdbc,
      PassageTable table) {
    this.retrieval = retrieval;
    this.answerer = answerer;
    this.embedder = embedder;
    this.ingest = ingest;
    this.jdbc = jdbc;
    this.table = table;
  }

  /**
   * A question.
   *
   * @param stage RERANKED unless said otherwise
   * @param count how many passages, 1 to 50; 5 unless said otherwise
   */
  record Ask(
      @Nullable String question,
      @Nullable String tenant,
      @Nullable LocalDate since,
      @Nullable LocalDate until,
      @Nullable Stage stage,
      @Nullable Integer count) {}

  /**
   * What is answered.
   *
   * @param embedMillis time the model took with the question
   * @param searchMillis time the database took
   */
  record Reply(
      Answer answer, List<FoundPassage> passages, double embedMillis, double searchMillis) {}

  /** Passages of one tenant. */
  record Tenant(String name, long passages, LocalDate since, LocalDate until) {}

  @PostMapping("/api/ask")
  Reply ask(@RequestBody Ask ask) {
    String text = required(ask.question(), "question");
    String tenant = required(ask.tenant(), "tenant");
    int count = ask.count() == null ? 5 : ask.count();
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count is " + count + "; it must be from 1 to " + MOST);
    }
    long start = System.nanoTime();
    MiniLmEmbedder.Embedded embedded = embedder.embedBoth(text);
    long searched = System.nanoTime();
    Question question =
        new Question(
            text,
            embedded.vector(),
            embedded.tokens(),
            tenant,
            ask.since() == null ? EARLIEST : ask.since(),
            ask.until() == null ? LATEST : ask.until());
    List<FoundPassage> passages =
        retrieval.find(question, ask.stage() == null ? Stage.RERANKED : ask.stage(), count);
    long found = System.nanoTime();
    return new Reply(
        answerer.answer(question, passages),
        passages,
        (searched - start) / 1e6,
        (found - searched) / 1e6);
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.strip();
  }

  @GetMapping("/api/tenants")
  List<Tenant> tenants() {
    return jdbc.query(
        "SELECT tenant, COUNT(*), MIN(published), MAX(published) FROM "
            + table.name()
            + " GROUP BY tenant ORDER BY tenant",
        (row, number) ->
            new Tenant(
                row.getString(1),
                row.getLong(2),
                row.getObject(3, LocalDate.class),
                row.getObject(4, LocalDate.class)));
  }

  @GetMapping("/api/ingest")
  IngestProgress progress() {
    return ingest.progress();
  }

  /** Reads the folder again. */
  @PostMapping("/api/ingest")
  @ResponseStatus(HttpStatus.ACCEPTED)
  IngestProgress read() {
    ingest.start();
    return ingest.progress();
  }

  @ExceptionHandler({IllegalArgumentException.class, HttpMessageNotReadableException.class})
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  Map<String, String> badRequest(Exception e) {
    return Map.of("error", String.valueOf(e.getMessage()));
  }

  @ExceptionHandler(DataAccessException.class)
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  Map<String, String> noAnswer(DataAccessException e) {
    return Map.of("error", String.valueOf(e.getMostSpecificCause().getMessage()));
  }
}
